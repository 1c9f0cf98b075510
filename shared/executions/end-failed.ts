import type { Execution, Failure } from '../domain/execution.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';

/**
 * Ends an execution that can't go on and releases its reservation: as `cancelled` when its owner has asked for that,
 * else as `failed`. Only one that was claimed can have such a request. False: stale.
 */
export async function endFailed(
  store: Pick<ExecutionStore, 'fail' | 'cancel' | 'isCancelRequested'>,
  execution: Execution,
  failure: Failure,
  now: Date,
): Promise<'failed' | 'cancelled' | false> {
  const isUnwanted = execution.attempts > 0 && (await store.isCancelRequested(execution.id));
  if (isUnwanted) return (await store.cancel(execution, now, null)) && 'cancelled';
  return (await store.fail(execution, failure, now)) && 'failed';
}
