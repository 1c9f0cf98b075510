import { BackendError } from '../../ports/sandbox-backend.ts';

/** What an attempt says of the service: it is out of order, it is alive, or nothing either way. */
export type Verdict = 'outage' | 'alive' | 'none';

export interface CircuitBreaker {
  /** Runs an attempt, or throws `backend_unavailable` at once while the circuit is open. */
  run<T>(attempt: () => Promise<T>, verdictOn: (error: unknown) => Verdict): Promise<T>;
}

type State =
  | { kind: 'closed'; failures: number }
  | { kind: 'open'; untilMs: number }
  /** One attempt is under way to see whether the service is back. */
  | { kind: 'probing' };

/**
 * Spares callers the wait for a service that is out of order.
 *
 *   closed ──(failuresToOpen in a row)──> open ──(openMs)──> probing ──(success)──> closed
 *                                          ^──────(outage)──────┘
 *
 * One per process: every executor finds out for itself, and loses `failuresToOpen` attempts on it at most.
 */
export function createCircuitBreaker({
  failuresToOpen,
  openMs,
  nowMs,
  onOpen,
}: {
  failuresToOpen: number;
  openMs: number;
  nowMs: () => number;
  onOpen: () => void;
}): CircuitBreaker {
  let state: State = { kind: 'closed', failures: 0 };

  function enter(): void {
    if (state.kind === 'closed') return;
    const leftMs = state.kind === 'open' ? state.untilMs - nowMs() : openMs;
    if (state.kind === 'open' && leftMs <= 0) {
      state = { kind: 'probing' };
      return;
    }
    throw new BackendError('backend_unavailable', 'The backend is out of order and is not tried for now.', {
      beforeStart: true,
      retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
    });
  }

  function open(): void {
    state = { kind: 'open', untilMs: nowMs() + openMs };
    onOpen();
  }

  function judge(verdict: Verdict): void {
    if (verdict === 'alive') state = { kind: 'closed', failures: 0 };
    else if (verdict === 'outage') countOutage();
    // The probe found nothing out: the next caller probes.
    else if (state.kind === 'probing') state = { kind: 'open', untilMs: nowMs() };
  }

  function countOutage(): void {
    if (state.kind === 'open') return;
    if (state.kind === 'closed') state.failures += 1;
    if (state.kind === 'probing' || state.failures >= failuresToOpen) open();
  }

  return {
    async run(attempt, verdictOn) {
      enter();
      try {
        const result = await attempt();
        judge('alive');
        return result;
      } catch (error) {
        judge(verdictOn(error));
        throw error;
      }
    },
  };
}
