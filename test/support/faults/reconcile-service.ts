import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { reconcileExecutions } from '../../../functions/reconcile-executions/reconcile-executions.ts';
import { sendOwedCallbacks } from '../../../functions/reconcile-executions/send-owed-callbacks.ts';
import { createLocalDynamoDb, findTables } from '../../../scripts/records/read-service-records.ts';
import { announceEnds } from '../../../shared/adapters/announce-ends.ts';
import { createDynamoExecutionStore } from '../../../shared/adapters/dynamodb-execution-store.ts';
import { createDynamoOpenExecutions } from '../../../shared/adapters/dynamodb-open-executions.ts';
import { createDynamoOwedCallbacks } from '../../../shared/adapters/dynamodb-owed-callbacks.ts';
import { createSqsCallbackQueue } from '../../../shared/adapters/sqs-callback-queue.ts';
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
  const urlOf = (name: RegExp): string => {
    const queueUrl = QueueUrls.find((url) => name.test(url));
    if (queueUrl === undefined) throw new Error(`no queue ${name}`);
    return queueUrl;
  };
  const callbacks = createSqsCallbackQueue({ client: sqs, queueUrl: urlOf(/callbacks.*queue/) });
  const clock = () => new Date(Date.now() + anHourMs);
  const noBlobs = { put: () => Promise.reject(), get: () => Promise.reject() };

  await reconcileExecutions({
    store: announceEnds(createDynamoExecutionStore({ client, ...tables, blobs: noBlobs, clock }), callbacks),
    open: createDynamoOpenExecutions({ client, executionsTable: tables.executionsTable }),
    queues: { wasm: createSqsLaneQueue({ client: sqs, queueUrl: urlOf(/wasm.*queue/) }) },
    settings: controlSettings(),
    clock,
    pause: async () => {},
  });
  const owed = createDynamoOwedCallbacks({ client, ...tables, blobs: noBlobs });
  await sendOwedCallbacks({ owed, queue: callbacks, clock });
  client.destroy();
  sqs.destroy();
}
