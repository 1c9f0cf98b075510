import { unknownExecution } from '../../shared/contract/execution-id.ts';
import { CordonError, unreachable } from '../../shared/domain/cordon-error.ts';
import type { Execution } from '../../shared/domain/execution.ts';
import type { ReadExecution } from '../../shared/executions/wait-for-end.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';

export type CancelStore = Pick<ExecutionStore, 'findWithOutput' | 'cancel' | 'requestCancel'>;

/** An execution moves a few times at most: with each of its attempts, and to its end. */
const mostReadings = 20;

/**
 * Ends an execution that waits, or asks its executor to end it; answers it as it is then. An execution that is already
 * cancelled stays as it is.
 *
 *   queued  ──> cancelled, its reservation released, in one transaction
 *   running ──> the request is written, and read again: whoever runs it now, or next, sees the request
 *
 * Throws `not_found` for another tenant's id, `conflict` when it has completed or failed.
 */
export async function cancelExecution(
  { store, clock }: { store: CancelStore; clock: Clock },
  tenant: string,
  id: string,
): Promise<ReadExecution> {
  let isRequested = false;
  for (let readings = 0; readings < mostReadings; readings += 1) {
    const found = await store.findWithOutput(tenant, id);
    if (found === null) throw unknownExecution();
    const { execution } = found;
    switch (execution.status) {
      case 'cancelled':
        return found;
      case 'completed':
      case 'failed':
        throw over(execution);
      case 'queued':
        await store.cancel(execution, clock(), null);
        break;
      case 'running':
        if (isRequested) return found;
        await store.requestCancel(execution);
        isRequested = true;
        break;
      default:
        unreachable(execution.status);
    }
  }
  throw new Error(`execution ${id} never stays in one state`);
}

function over({ status }: Execution): CordonError {
  return new CordonError('conflict', `The execution is over: it has ${status} already.`);
}
