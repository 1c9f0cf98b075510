import type { LaneMessage } from '../../shared/contract/lane-message.ts';
import { type Execution, type Failure, isTerminal } from '../../shared/domain/execution.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';

export interface SettlePorts {
  store: ExecutionStore;
  queues: Partial<Record<LaneName, LaneQueue>>;
  clock: Clock;
}

const undeliverable: Failure = { code: 'internal', message: 'The execution could not be run.' };

/**
 * Ends the execution of a lane's dead message as `failed` and releases its reservation. One that has moved on to
 * another lane lives: that lane is told again, in case it never was. False: an attempt still holds it or just
 * changed it, so the message must come again.
 */
export async function settleDeadLetter(
  { store, queues, clock }: SettlePorts,
  lane: LaneName,
  { executionId, secretsKey }: Pick<LaneMessage, 'executionId' | 'secretsKey'>,
): Promise<boolean> {
  const execution = await store.load(executionId);
  if (execution === null || isTerminal(execution.status)) return true;
  if (execution.lane !== lane) {
    if (execution.status === 'queued') await queues[execution.lane]?.send(execution.id, secretsKey);
    return true;
  }
  if (isHeld(execution, clock())) return false;
  return store.fail(execution, execution.failure ?? undeliverable, clock());
}

function isHeld({ status, leaseUntilMs }: Execution, now: Date): boolean {
  return status === 'running' && leaseUntilMs !== null && leaseUntilMs > now.getTime();
}
