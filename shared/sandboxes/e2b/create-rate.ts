import { setTimeout as delay } from 'node:timers/promises';
import type { CreateSlots } from '../../ports/create-slots.ts';
import { BackendError } from '../../ports/sandbox-backend.ts';

/** Creations of sandboxes, spread so that the plan's rate is never exceeded. */
export interface CreateRate {
  /** Waits for the next place. Throws `backend_unavailable` with the time to come back when it is too far off. */
  take(): Promise<void>;
}

/** Creations per second by plan: https://e2b.dev/docs/billing (from memory, to be checked). A host of ours refuses by itself. */
export const createsPerSecond = { hobby: 1, pro: 5 } as const;

export function createCreateRate({
  slots,
  perSecond,
  maxWaitMs,
}: {
  slots: CreateSlots;
  perSecond: number;
  maxWaitMs: number;
}): CreateRate {
  return {
    async take() {
      const { isTaken, waitMs } = await slots.take(1_000 / perSecond, maxWaitMs);
      if (!isTaken) {
        throw new BackendError('backend_unavailable', 'Sandboxes are being created at the highest rate.', {
          beforeStart: true,
          retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
        });
      }
      if (waitMs > 0) await delay(waitMs);
    },
  };
}

/** Places of one process alone. */
export function createLocalSlots(nowMs: () => number): CreateSlots {
  let nextMs = 0;
  return {
    async take(intervalMs, maxWaitMs) {
      const now = nowMs();
      const waitMs = Math.max(0, nextMs - now);
      const isTaken = waitMs <= maxWaitMs;
      if (isTaken) nextMs = now + waitMs + intervalMs;
      return { isTaken, waitMs };
    },
  };
}
