import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CallbackMessage } from '../contract/callback-message.ts';
import type { CallbackQueue } from '../ports/callback-queue.ts';

export function createSqsCallbackQueue({
  client,
  queueUrl,
}: {
  client: SQSClient;
  queueUrl: string;
}): CallbackQueue {
  return {
    async send({ executionId, attempt }, delaySeconds = 0) {
      const message: CallbackMessage = { schemaVersion: 1, executionId, attempt };
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
        }),
      );
    },
  };
}
