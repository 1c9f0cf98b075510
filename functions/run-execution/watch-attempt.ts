import type { Execution } from '../../shared/domain/execution.ts';
import { leaseMs, renewLeaseEveryMs } from '../../shared/domain/timing.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';

/** Why an attempt must end before its program does. */
export type EarlyEnd = 'cancel_requested' | 'lease_lost';

export interface AttemptWatch {
  /** Aborted when the attempt must end. */
  readonly signal: AbortSignal;
  earlyEnd(): EarlyEnd | null;
  /** Clears every timer. */
  stop(): void;
}

export interface WatchPorts {
  store: Pick<ExecutionStore, 'isCancelRequested' | 'renew'>;
  clock: Clock;
}

/** Each comes for the first time after its own pause, so that a short execution pays for nothing. */
const attemptPace = { cancelPollMs: 1_000, renewEveryMs: renewLeaseEveryMs, leaseMs };

/**
 * Watches a claimed execution while its program runs: looks for a request to cancel it, and renews its lease. The lease is
 * lost when a renewal is refused, or when none got through for as long as it lasts. Must be stopped.
 */
export function watchAttempt(
  { store, clock }: WatchPorts,
  execution: Execution,
  pace: typeof attemptPace = attemptPace,
): AttemptWatch {
  const controller = new AbortController();
  let early: EarlyEnd | null = null;
  const end = (reason: EarlyEnd) => {
    early ??= reason;
    stop();
    controller.abort();
  };

  const loseLease = () => end('lease_lost');
  let leaseEnd = setTimeout(loseLease, pace.leaseMs);
  const renewing = repeat(pace.renewEveryMs, async () => {
    const sentMs = performance.now();
    const isRenewed = await store.renew(execution, clock());
    if (renewing.isStopped()) return;
    if (!isRenewed) return loseLease();
    clearTimeout(leaseEnd);
    leaseEnd = setTimeout(loseLease, pace.leaseMs - (performance.now() - sentMs));
  });
  const looking = repeat(pace.cancelPollMs, async () => {
    const isUnwanted = await store.isCancelRequested(execution.id);
    if (isUnwanted && !looking.isStopped()) end('cancel_requested');
  });

  function stop(): void {
    renewing.stop();
    looking.stop();
    clearTimeout(leaseEnd);
  }
  return { signal: controller.signal, earlyEnd: () => early, stop };
}

interface Repetition {
  isStopped(): boolean;
  stop(): void;
}

/** Does the work again and again with a pause before each time, whether it fails or not. */
function repeat(pauseMs: number, work: () => Promise<void>): Repetition {
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(async () => {
      await work().catch(() => {});
      if (!isStopped) wait();
    }, pauseMs);
  };
  wait();
  return {
    isStopped: () => isStopped,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
