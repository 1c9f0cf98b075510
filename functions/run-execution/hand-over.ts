import type { Execution, Failure } from '../../shared/domain/execution.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import type { RunPorts, RunResult } from './run-execution.ts';

export interface HandOver {
  execution: Execution;
  to: LaneName;
  failure: Failure;
  secretsKey: string | undefined;
}

/**
 * Null: the attempt is stale.
 *
 *   this lane:  claim > backend fails before the start > write "queued in the next lane" > send > message deleted
 *                                                             | a crash here, or a failed send:
 *                                                             v the message comes back, the claim finds it moved,
 *                                                               and sends again
 *   next lane:  a second message of the same execution finds it held or over
 */
export async function handOver(
  ports: RunPorts,
  { execution, to, failure, secretsKey }: HandOver,
): Promise<RunResult | null> {
  const isMoved = await ports.store.handOver(execution, to, failure);
  if (!isMoved) return null;
  await queueOf(ports, to).send(execution.id, secretsKey);
  return { kind: 'handed_over', execution, to, failure };
}

/** The lane that has it may not have been told; if it is at work it has. */
export async function finishHandOver(
  ports: RunPorts,
  execution: Execution,
  secretsKey: string | undefined,
): Promise<RunResult> {
  if (execution.status !== 'queued') return { kind: 'nothing_to_do', reason: 'in another lane' };
  await queueOf(ports, execution.lane).send(execution.id, secretsKey);
  return { kind: 'handed_over', execution, to: execution.lane, failure: null };
}

function queueOf({ queues, backend }: RunPorts, lane: LaneName): LaneQueue {
  const queue = queues[lane];
  if (queue === undefined) throw new Error(`the ${backend.name} lane has no way to the ${lane} lane`);
  return queue;
}
