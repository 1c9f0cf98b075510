import type { Execution } from '../domain/execution.ts';
import { laneRules } from '../domain/lane.ts';
import { lossProofMs } from '../domain/timing.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';

export interface LostAttemptPorts {
  store: Pick<ExecutionStore, 'endLost' | 'isCancelRequested'>;
  clock: Clock;
  /** Waits for so many ms. */
  pause: (ms: number) => Promise<void>;
}

/**
 * Ends an attempt whose lease seems to have run out, once it is certain that nobody renews it. No clock decides that, so
 * none that is wrong can end what is alive. Answers what became of the execution: `queued` where its lane may repeat what
 * has started and an attempt is left; the caller sees to its message. False: it is alive, or over.
 */
export async function endLostAttempt(
  { store, clock, pause }: LostAttemptPorts,
  seen: Execution,
): Promise<'queued' | 'failed' | 'cancelled' | false> {
  await pause(lossProofMs);
  const isUnwanted = await store.isCancelRequested(seen.id);
  const { repeatsStarted, maxAttempts } = laneRules[seen.lane];
  const mayRepeat = repeatsStarted && seen.attempts < maxAttempts;
  const to = isUnwanted ? 'cancelled' : mayRepeat ? 'queued' : 'failed';
  return (await store.endLost(seen, to, clock())) && to;
}

/** Waits by the real clock. */
export function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
