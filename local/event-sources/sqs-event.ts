import { LOCAL_REGION } from '../template/resource-names.ts';
import type { ReceivedMessage } from './sqs-client.ts';

/** The event that an event source mapping makes of a batch. */
export function sqsEvent(messages: readonly ReceivedMessage[], queueArn: string): { Records: unknown[] } {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(
          ([name, { DataType, StringValue, BinaryValue }]) => [
            name,
            {
              dataType: DataType,
              stringValue: StringValue,
              binaryValue: BinaryValue,
              stringListValues: [],
              binaryListValues: [],
            },
          ],
        ),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: LOCAL_REGION,
    })),
  };
}

/**
 * The messages that a function's answer says were handled. With ReportBatchItemFailures that is all but the
 * reported ones; an answer that reports an unknown or empty identifier fails the whole batch, as on AWS.
 */
export function handledMessages(
  messages: readonly ReceivedMessage[],
  payload: string,
): readonly ReceivedMessage[] {
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return [];
  const failed = new Set(
    failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier),
  );
  const known = new Set<unknown>(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((identifier) => !known.has(identifier))) return [];
  return messages.filter(({ MessageId }) => !failed.has(MessageId));
}
