import { type Execution, type Failure, isTerminal } from '../../shared/domain/execution.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';

const undeliverable: Failure = { code: 'internal', message: 'The execution could not be run.' };

/**
 * Ends the execution of a dead message as `failed` and releases its reservation. False: an attempt still holds
 * it or just changed it, so the message must come again.
 */
export async function settleDeadLetter(
  store: ExecutionStore,
  clock: Clock,
  executionId: string,
): Promise<boolean> {
  const execution = await store.load(executionId);
  if (execution === null || isTerminal(execution.status)) return true;
  if (isHeld(execution, clock())) return false;
  return store.fail(execution, execution.failure ?? undeliverable, clock());
}

function isHeld({ status, leaseUntilMs }: Execution, now: Date): boolean {
  return status === 'running' && leaseUntilMs !== null && leaseUntilMs > now.getTime();
}
