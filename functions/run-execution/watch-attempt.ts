import type { Execution } from '../../shared/domain/execution.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';

/** Why an attempt must end before its program does. */
export type EarlyEnd = 'cancel_requested';

export interface AttemptWatch {
  /** Aborted when the attempt must end. */
  readonly signal: AbortSignal;
  earlyEnd(): EarlyEnd | null;
  /** Clears every timer. */
  stop(): void;
}

/** The first look comes after a second, so that a short execution pays for none. */
const cancelPollMs = 1_000;

/** Watches a claimed execution while its program runs. Must be stopped. */
export function watchAttempt(
  store: Pick<ExecutionStore, 'isCancelRequested'>,
  { id }: Execution,
): AttemptWatch {
  const controller = new AbortController();
  let early: EarlyEnd | null = null;
  const end = (reason: EarlyEnd) => {
    early ??= reason;
    stop();
    controller.abort();
  };
  const stopPolling = repeat(cancelPollMs, async () => {
    if (await store.isCancelRequested(id)) end('cancel_requested');
  });
  const stop = () => stopPolling();
  return { signal: controller.signal, earlyEnd: () => early, stop };
}

/** Does the work again and again with a pause before each time, whether it fails or not; returns the way to stop. */
function repeat(pauseMs: number, work: () => Promise<void>): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(async () => {
      await work().catch(() => {});
      if (!isStopped) wait();
    }, pauseMs);
  };
  wait();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
