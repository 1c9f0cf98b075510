import { callbackLifetimeMs } from '../../shared/domain/callback.ts';
import { isExpired } from '../../shared/domain/retention.ts';
import type { CallbackQueue } from '../../shared/ports/callback-queue.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { OwedCallback, OwedCallbacks } from '../../shared/ports/owed-callbacks.ts';

export interface OwedCallbackPorts {
  owed: OwedCallbacks;
  queue: CallbackQueue;
  clock: Clock;
}

/** Ids of executions by what was done about their callbacks; and those for which nothing could be, this time. */
export interface SentCallbacks {
  sent: string[];
  givenUp: string[];
  errors: { id: string; error: unknown }[];
}

/** A message that was sent in time is mostly handled by then; one too many does no harm. */
const noticeAfterMs = 30_000;

/** So long a message has once it was sent from here, in a queue that may be far behind. */
const sentAgainAfterMs = 15 * 60_000;

/**
 * Sends a message for each callback that is due and that nobody tries: its message was lost, its pause is longer than a
 * queue keeps a message back, or its lane has no way to the queue. Gives up what could not be tried in two days.
 */
export async function sendOwedCallbacks(ports: OwedCallbackPorts): Promise<SentCallbacks> {
  const done: SentCallbacks = { sent: [], givenUp: [], errors: [] };
  const handle = async (id: string) => {
    try {
      const debt = await ports.owed.find(id);
      const result = debt === null ? null : await handleOne(ports, debt);
      if (result !== null) done[result].push(id);
    } catch (error) {
      done.errors.push({ id, error });
    }
  };
  const dueBefore = new Date(ports.clock().getTime() - noticeAfterMs);
  await Promise.all(
    ports.owed.listIds(dueBefore).map(async (ids) => {
      for await (const id of ids) await handle(id);
    }),
  );
  return done;
}

/** Noted first: of several reconcilers one sends, and a message that is not sent after all is noticed later. */
async function handleOne(
  { owed, queue, clock }: OwedCallbackPorts,
  debt: OwedCallback,
): Promise<'sent' | 'givenUp' | null> {
  const { execution } = debt;
  const { id, callback, finishedAt } = execution;
  const now = clock();
  const isTooLate = now.getTime() - Date.parse(finishedAt) > callbackLifetimeMs;
  if (isTooLate || isExpired(execution, now))
    return (await owed.settle(debt, 'given_up', callback.attempts)) ? 'givenUp' : null;
  if (now.getTime() - debt.dueAt.getTime() <= noticeAfterMs) return null;
  const dueAt = new Date(now.getTime() + sentAgainAfterMs);
  if (!(await owed.postpone(debt, callback.attempts, dueAt))) return null;
  await queue.send({ executionId: id, attempt: callback.attempts + 1 });
  return 'sent';
}
