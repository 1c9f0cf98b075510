import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createCallLog } from '../../../local/calls/call-log.ts';
import { startSqsAndS3 } from '../../../local/sqs-and-s3/start-sqs-and-s3.ts';
import { type LaneName, maxDeliveries } from '../../../shared/domain/lane.ts';

export const lanes: readonly LaneName[] = ['wasm', 'e2b', 'gvisor'];

export type QueueName = LaneName | 'callbacks' | `${LaneName | 'callbacks'}-dead`;

/** The queues of the lanes and of callbacks with their dead letters, on the local SQS. What is not deleted is visible again at once. */
export interface LocalLaneQueues {
  /** Of the local SQS. */
  url: string;
  pathOf(queue: QueueName): string;
  send(queue: QueueName, body: string): Promise<void>;
  receive(queue: QueueName): Promise<Message | null>;
  remove(queue: QueueName, message: Message): Promise<void>;
  /** Messages of all queues, delayed ones too, but for the dead letters of callbacks, which nobody reads. */
  depth(): Promise<number>;
  close(): Promise<void>;
}

export async function startLocalLaneQueues(): Promise<LocalLaneQueues> {
  const emulator = await startSqsAndS3(undefined, createCallLog());
  const ensureQueues = (name: string, maxReceiveCount: number) => {
    emulator.ensureQueue({ name: `${name}-dead`, attributes: { VisibilityTimeout: '0' } });
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:${name}-dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
    emulator.ensureQueue({ name, attributes: { VisibilityTimeout: '0', RedrivePolicy } });
  };
  for (const lane of lanes) ensureQueues(lane, maxDeliveries(lane));
  ensureQueues('callbacks', 3);
  const client = new SQSClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  const pathOf = (queue: QueueName) => `${emulator.url}/000000000000/${queue}`;
  const names: QueueName[] = [...lanes.flatMap((lane): QueueName[] => [lane, `${lane}-dead`]), 'callbacks'];

  return {
    url: emulator.url,
    pathOf,
    async send(queue, MessageBody) {
      await client.send(new SendMessageCommand({ QueueUrl: pathOf(queue), MessageBody }));
    },
    async receive(queue) {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: pathOf(queue) }));
      return Messages[0] ?? null;
    },
    async remove(queue, { ReceiptHandle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: pathOf(queue), ReceiptHandle }));
    },
    async depth() {
      const depths = await Promise.all(names.map((name) => depthOf(client, pathOf(name))));
      return depths.reduce((sum, depth) => sum + depth, 0);
    },
    async close() {
      client.destroy();
      await emulator.close();
    },
  };
}

async function depthOf(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  const counts = ['', 'Delayed', 'NotVisible'].map((state) => `ApproximateNumberOfMessages${state}`);
  return counts.reduce((sum, name) => sum + Number(Attributes[name as keyof typeof Attributes] ?? 0), 0);
}
