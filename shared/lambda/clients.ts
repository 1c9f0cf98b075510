import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { announceEnds } from '../adapters/announce-ends.ts';
import { createDynamoAccountReader } from '../adapters/dynamodb-account-reader.ts';
import { createDynamoAuditLog } from '../adapters/dynamodb-audit-log.ts';
import { createDynamoControlSettings } from '../adapters/dynamodb-control-settings.ts';
import { createDynamoExecutionStore } from '../adapters/dynamodb-execution-store.ts';
import { createDynamoKeyThrottle } from '../adapters/dynamodb-key-throttle.ts';
import { createDynamoOpenExecutions } from '../adapters/dynamodb-open-executions.ts';
import { createDynamoOwedCallbacks } from '../adapters/dynamodb-owed-callbacks.ts';
import { createS3ArtifactStore } from '../adapters/s3-artifact-store.ts';
import { createS3BlobStore } from '../adapters/s3-blob-store.ts';
import { createSecretReader } from '../adapters/secrets-manager-secret.ts';
import { createSqsCallbackQueue } from '../adapters/sqs-callback-queue.ts';
import { createSqsLaneQueue } from '../adapters/sqs-lane-queue.ts';
import { queueVariables } from '../contract/environment.ts';
import type { LaneName } from '../domain/lane.ts';
import { throttleSchema } from '../domain/throttle.ts';
import type { AccountReader } from '../ports/account-reader.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { CallbackQueue } from '../ports/callback-queue.ts';
import type { ControlSettings } from '../ports/control-settings.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';
import type { LaneQueue } from '../ports/lane-queue.ts';
import type { OpenExecutions } from '../ports/open-executions.ts';
import type { OwedCallbacks } from '../ports/owed-callbacks.ts';
import type { ThrottleOptions } from './throttled.ts';

/** The store of executions from a function's environment; it asks for callbacks where the function has their queue. */
export function connectExecutionStore(environment: {
  EXECUTIONS_TABLE: string;
  LEDGER_TABLE: string;
  BLOBS_BUCKET: string;
  CALLBACKS_QUEUE_URL?: string;
}): ExecutionStore {
  const store = createDynamoExecutionStore({
    client: new DynamoDBClient({}),
    executionsTable: environment.EXECUTIONS_TABLE,
    ledgerTable: environment.LEDGER_TABLE,
    blobs: createS3BlobStore({
      client: createS3Client(),
      bucket: environment.BLOBS_BUCKET,
    }),
    clock: () => new Date(),
  });
  const { CALLBACKS_QUEUE_URL: queueUrl } = environment;
  return queueUrl === undefined ? store : announceEnds(store, connectCallbackQueue(queueUrl));
}

/** The callbacks that are owed. */
export function connectOwedCallbacks(environment: {
  EXECUTIONS_TABLE: string;
  BLOBS_BUCKET: string;
}): OwedCallbacks {
  return createDynamoOwedCallbacks({
    client: new DynamoDBClient({}),
    executionsTable: environment.EXECUTIONS_TABLE,
    blobs: createS3BlobStore({ client: createS3Client(), bucket: environment.BLOBS_BUCKET }),
  });
}

/** Where callbacks are asked for. */
export function connectCallbackQueue(queueUrl: string): CallbackQueue {
  return createSqsCallbackQueue({ client: createSqsClient(), queueUrl });
}

/** Reads the key that the tenants' callback secrets are derived from. */
export function connectCallbackKey({
  CALLBACK_KEY_SECRET: secretId,
}: {
  CALLBACK_KEY_SECRET: string;
}): () => Promise<string> {
  const read = createSecretReader({
    client: new SecretsManagerClient({}),
    secretId,
    clock: () => new Date(),
  });
  return async () => {
    const key = await read();
    if (key === null) throw new Error('the callback key is not set');
    return key;
  };
}

/** The executions that are not over. */
export function connectOpenExecutions({ EXECUTIONS_TABLE }: { EXECUTIONS_TABLE: string }): OpenExecutions {
  return createDynamoOpenExecutions({ client: new DynamoDBClient({}), executionsTable: EXECUTIONS_TABLE });
}

/** The accounts of tenants, to be read. */
export function connectAccounts({ LEDGER_TABLE }: { LEDGER_TABLE: string }): AccountReader {
  return createDynamoAccountReader({ client: new DynamoDBClient({}), ledgerTable: LEDGER_TABLE });
}

/** How often API keys may send requests. */
export function connectThrottle(environment: {
  LEDGER_TABLE: string;
  KEY_BURST: string;
  KEY_RATE_PER_SECOND: string;
}): ThrottleOptions {
  const { LEDGER_TABLE: ledgerTable, KEY_BURST, KEY_RATE_PER_SECOND } = environment;
  const clock = () => new Date();
  // One quick try: the request that waits for it passes all the same.
  const client = new DynamoDBClient({ maxAttempts: 1 });
  return {
    keys: createDynamoKeyThrottle({ client, ledgerTable, clock }),
    standard: throttleSchema.parse({ burst: Number(KEY_BURST), ratePerSecond: Number(KEY_RATE_PER_SECOND) }),
  };
}

/** What was done and refused. */
export function connectAuditLog({ CONTROL_TABLE }: { CONTROL_TABLE: string }): AuditLog {
  return createDynamoAuditLog({ client: new DynamoDBClient({}), table: CONTROL_TABLE });
}

/** What operators have set. */
export function connectControlSettings({ CONTROL_TABLE }: { CONTROL_TABLE: string }): ControlSettings {
  const clock = () => new Date();
  return createDynamoControlSettings({ client: new DynamoDBClient({}), table: CONTROL_TABLE, clock });
}

/** What programs left behind, beside the outputs. */
export function connectArtifactStore(environment: { BLOBS_BUCKET: string }): ArtifactStore {
  return createS3ArtifactStore({ client: createS3Client(), bucket: environment.BLOBS_BUCKET });
}

/** Path style: the one form of address that needs no DNS name per bucket. */
function createS3Client(): S3Client {
  return new S3Client({ forcePathStyle: true });
}

/** The queues of these lanes, as far as the function was given them. */
export function connectLaneQueues(
  environment: { readonly [Name in (typeof queueVariables)[LaneName]]?: string | undefined },
  lanes: readonly LaneName[],
): Partial<Record<LaneName, LaneQueue>> {
  const entries = lanes.flatMap((lane): [LaneName, LaneQueue][] => {
    const url = environment[queueVariables[lane]];
    return url === undefined ? [] : [[lane, connectLaneQueue(url)]];
  });
  return Object.fromEntries(entries);
}

export function connectLaneQueue(queueUrl: string): LaneQueue {
  return createSqsLaneQueue({ client: createSqsClient(), queueUrl });
}

/** The endpoint comes from the client's configuration, not from the queue's address. */
function createSqsClient(): SQSClient {
  return new SQSClient({ useQueueUrlAsEndpoint: false });
}
