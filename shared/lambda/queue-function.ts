import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logger, metrics } from './telemetry.ts';

/** What became of a message: `done` deletes it, `again` leaves it to be delivered once more. */
export type Disposition = 'done' | 'again';

/**
 * Wraps a handler of a queue's messages. A message whose handling throws comes again. So does one that can't be read, for a
 * newer version of the function may know its schema; `unreadable` says otherwise.
 */
export function queueFunction<Message>(
  schema: z.ZodType<Message>,
  handle: (message: Message, record: SQSRecord) => Promise<Disposition>,
  { unreadable = 'again' }: { unreadable?: Disposition } = {},
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler(async (event: SQSEvent) => {
      const dispositions = await Promise.all(
        event.Records.map((record) => {
          const message = readMessage(schema, record);
          return message === null ? unreadable : handleRecord(handle, message, record);
        }),
      );
      const again = event.Records.filter((_, index) => dispositions[index] === 'again');
      return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
}

/** Null, with a word to the operator, for what is no message of this version. What is in it is never logged. */
function readMessage<Message>(schema: z.ZodType<Message>, { messageId, body }: SQSRecord): Message | null {
  const message = schema.safeParse(parseJson(body));
  if (message.success) return message.data;
  const issues = message.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  logger.error('message can not be read', { messageId, issues });
  metrics.addMetric('UnreadableMessages', 'Count', 1);
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function handleRecord<Message>(
  handle: (message: Message, record: SQSRecord) => Promise<Disposition>,
  message: Message,
  record: SQSRecord,
): Promise<Disposition> {
  try {
    return await handle(message, record);
  } catch (error) {
    logger.error('message failed', { messageId: record.messageId, error: error as Error });
    return 'again';
  }
}
