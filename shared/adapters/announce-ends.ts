import type { Execution } from '../domain/execution.ts';
import type { CallbackQueue } from '../ports/callback-queue.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';

/**
 * A store that asks for the callback of each execution that it ends, whoever ends it and however. The debt is in the write
 * that ends the execution: a message that gets lost here is sent by the reconciler, and no end fails for it.
 *
 *   end and debt, one write ──> message ──> deliver-callback
 *        '── a crash here, a failed send, a lane without a way to SQS: the reconciler sends it
 */
export function announceEnds(store: ExecutionStore, callbacks: CallbackQueue): ExecutionStore {
  const announce = async (execution: Execution, end: Promise<boolean>): Promise<boolean> => {
    const isEnded = await end;
    if (isEnded && execution.callback !== null)
      await callbacks.send({ executionId: execution.id, attempt: 1 }).catch(() => {});
    return isEnded;
  };
  return {
    ...store,
    complete: (claimed, ...end) => announce(claimed, store.complete(claimed, ...end)),
    fail: (execution, ...end) => announce(execution, store.fail(execution, ...end)),
    cancel: (execution, ...end) => announce(execution, store.cancel(execution, ...end)),
    endLost: (seen, to, now) =>
      to === 'queued' ? store.endLost(seen, to, now) : announce(seen, store.endLost(seen, to, now)),
  };
}
