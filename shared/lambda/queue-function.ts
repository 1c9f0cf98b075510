import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type LaneMessage, laneMessageSchema } from '../contract/lane-message.ts';
import { logger, metrics } from './telemetry.ts';

/** What became of a message: `done` deletes it, `again` leaves it to be delivered once more. */
export type Disposition = 'done' | 'again';

/** Wraps a handler of a lane's messages. A message that can't be read, or whose handling throws, comes again. */
export function queueFunction(
  handle: (message: LaneMessage, record: SQSRecord) => Promise<Disposition>,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler(async (event: SQSEvent) => {
      const dispositions = await Promise.all(event.Records.map((record) => handleRecord(handle, record)));
      const again = event.Records.filter((_, index) => dispositions[index] === 'again');
      return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
}

async function handleRecord(
  handle: (message: LaneMessage, record: SQSRecord) => Promise<Disposition>,
  record: SQSRecord,
): Promise<Disposition> {
  try {
    return await handle(laneMessageSchema.parse(JSON.parse(record.body)), record);
  } catch (error) {
    logger.error('message failed', { messageId: record.messageId, error: error as Error });
    return 'again';
  }
}
