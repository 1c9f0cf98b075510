import { setTimeout as delay } from 'node:timers/promises';
import type { Functions } from '../lambda/functions.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import type { Mapping } from './read-mappings.ts';
import { EVENT_SOURCE_MAPPING, type ReceivedMessage, type SqsClient } from './sqs-client.ts';
import { handledMessages, sqsEvent } from './sqs-event.ts';

export interface Pump {
  /** Takes no further messages and waits up to `graceMs` for the invocations in progress. */
  stop(graceMs: number): Promise<void>;
}

/** SQS's longest wait. */
const LONG_POLL_SECONDS = 20;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Moves messages from a queue into a function. It receives only when the function may be invoked at once, so
 * what waits stays visible in the queue. A message of a failed invocation isn't touched: it comes back when
 * its visibility timeout ends, and goes to the dead-letter queue by the queue's own policy.
 */
export function startPump(
  mapping: Mapping,
  {
    sqs,
    functions,
    machineConcurrency,
  }: { sqs: SqsClient; functions: Functions; machineConcurrency: number },
): Pump {
  const concurrency = createConcurrencyLimit(
    Math.min(mapping.maximumConcurrency ?? machineConcurrency, machineConcurrency),
  );
  const inProgress = new Set<Promise<void>>();
  const stopped = new AbortController();

  const poll = async (): Promise<void> => {
    const leave = await concurrency.enter();
    try {
      const batch = stopped.signal.aborted ? [] : await receiveBatch(sqs, mapping);
      // What arrived while stopping stays in flight; the next start makes it visible again.
      if (batch.length === 0 || stopped.signal.aborted) return leave();
      const work = processBatch(mapping, sqs, functions, batch)
        .catch((error: unknown) =>
          console.error(`Event source of ${mapping.functionConfig.logicalId}`, error),
        )
        .finally(() => {
          inProgress.delete(work);
          leave();
        });
      inProgress.add(work);
    } catch (error) {
      leave();
      throw error;
    }
  };

  const run = async () => {
    let backoffMs = FIRST_BACKOFF_MS;
    while (!stopped.signal.aborted) {
      try {
        await poll();
        backoffMs = FIRST_BACKOFF_MS;
      } catch (error) {
        if (stopped.signal.aborted) return;
        console.error(`Event source of ${mapping.functionConfig.logicalId}`, error);
        await delay(backoffMs, undefined, { ref: false });
        backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
      }
    }
  };
  void run();

  return {
    async stop(graceMs) {
      stopped.abort();
      const grace = delay(graceMs, undefined, { ref: false });
      await Promise.race([Promise.all(inProgress), grace]);
    },
  };
}

/** One batch: what a long poll brings, filled up during the batching window when there is one. */
async function receiveBatch(sqs: SqsClient, mapping: Mapping): Promise<ReceivedMessage[]> {
  const { queueUrl, batchSize, batchWindowSeconds } = mapping;
  const batch = await sqs.receive(queueUrl, Math.min(10, batchSize), LONG_POLL_SECONDS);
  if (batch.length === 0) return batch;
  const closesAtMs = Date.now() + batchWindowSeconds * 1000;
  while (batch.length < batchSize) {
    const leftSeconds = Math.floor((closesAtMs - Date.now()) / 1000);
    if (leftSeconds < 1) break;
    batch.push(...(await sqs.receive(queueUrl, Math.min(10, batchSize - batch.length), leftSeconds)));
  }
  return batch;
}

async function processBatch(
  mapping: Mapping,
  sqs: SqsClient,
  functions: Functions,
  batch: readonly ReceivedMessage[],
): Promise<void> {
  const { functionConfig, visibilityTimeoutMs } = mapping;
  const outcome = await functions.invoke(functionConfig, {
    payload: JSON.stringify(sqsEvent(batch, mapping.queueArn)),
    caller: EVENT_SOURCE_MAPPING,
    // Waiting longer, the messages would be visible again before the function is done.
    patienceMs: Math.max(0, visibilityTimeoutMs - functionConfig.timeoutMs),
  });
  if (outcome.kind !== 'succeeded') return;
  const handled = mapping.reportsItemFailures ? handledMessages(batch, outcome.payload) : batch;
  if (handled.length > 0) await sqs.delete(mapping.queueUrl, handled);
}
