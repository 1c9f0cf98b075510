import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { reconcileExecutions } from '../../../functions/reconcile-executions/reconcile-executions.ts';
import { createLocalDynamoDb, findTables } from '../../../scripts/records/read-service-records.ts';
import { createDynamoExecutionStore } from '../../../shared/adapters/dynamodb-execution-store.ts';
import { createDynamoOpenExecutions } from '../../../shared/adapters/dynamodb-open-executions.ts';
import { createSqsLaneQueue } from '../../../shared/adapters/sqs-lane-queue.ts';
import { controlSettings } from '../control-settings.ts';

const anHourMs = 3_600_000;

/** Reconciles a service on this machine as it does by itself when an hour has gone by. Nothing of it may be at work. */
export async function reconcileService(endpoints: { dynamodb: string; sqs: string }): Promise<void> {
  const client = createLocalDynamoDb(endpoints.dynamodb);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({
    ...{ endpoint: endpoints.sqs, region: 'us-east-1', credentials },
    useQueueUrlAsEndpoint: false,
  });
  const tables = await findTables(client);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const queueUrl = QueueUrls.find((url) => /wasm.*queue/.test(url));
  if (queueUrl === undefined) throw new Error('no queue of the wasm lane');
  const clock = () => new Date(Date.now() + anHourMs);
  const noBlobs = { put: () => Promise.reject(), get: () => Promise.reject() };

  await reconcileExecutions({
    store: createDynamoExecutionStore({ client, ...tables, blobs: noBlobs, clock }),
    open: createDynamoOpenExecutions({ client, executionsTable: tables.executionsTable }),
    queues: { wasm: createSqsLaneQueue({ client: sqs, queueUrl }) },
    settings: controlSettings(),
    clock,
    pause: async () => {},
  });
  client.destroy();
  sqs.destroy();
}
