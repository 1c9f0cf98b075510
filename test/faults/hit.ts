import { expect } from '@jest/globals';
import type { Execution, Status } from '../../shared/domain/execution.ts';
import type { FaultRig, Submission } from '../support/faults/fault-rig.ts';
import { lanes } from '../support/faults/local-lane-queues.ts';
import { createStubBackend } from '../support/faults/stub-backend.ts';

/** Submits once to a service that is whole but for what is arranged, waits for rest, and answers what came of it. */
export async function newExecution(
  rig: FaultRig,
  submission: Submission | undefined,
  arrange: () => void,
): Promise<Execution | undefined> {
  const known = new Set((await rig.records()).executions.map(({ id }) => id));
  for (const lane of lanes) rig.backends[lane] = createStubBackend(lane);
  rig.executorSkewMs = () => 0;
  rig.dynamodb.heal();
  rig.sqs.heal();
  rig.receiver.answer = () => 204;
  rig.renew();
  arrange();
  await rig.submit(submission);
  await rig.rest();
  const added = (await rig.records()).executions.filter(({ id }) => !known.has(id));
  expect(added.length).toBeLessThan(2);
  return added[0];
}

/** How an execution ended, if it is one. */
export function endOf(execution: Execution | undefined): Status | 'never was' {
  return execution?.status ?? 'never was';
}
