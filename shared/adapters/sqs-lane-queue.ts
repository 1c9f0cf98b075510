import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LaneMessage } from '../contract/lane-message.ts';
import type { LaneQueue } from '../ports/lane-queue.ts';

export function createSqsLaneQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }): LaneQueue {
  return {
    async send(executionId, secretsKey) {
      const message: LaneMessage = {
        schemaVersion: 1,
        executionId,
        ...(secretsKey !== undefined && { secretsKey }),
      };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
    async delay(receiptHandle, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
  };
}
