import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findBreaches } from '../../scripts/records/find-breaches.ts';
import { type FaultRig, startFaultRig } from '../support/faults/fault-rig.ts';
import { hitsPerPoint } from '../support/some-faults.ts';
import { endOf, newExecution } from './hit.ts';
import { killPoints } from './kill-points.ts';

let rig: FaultRig;
beforeAll(async () => {
  rig = await startFaultRig();
});
afterAll(() => rig.close());

test.each(killPoints)(
  'killed $name: nothing is lost, nothing charged twice',
  async ({ arrange, submission, end = 'completed', attempts = 1, isFoundByReconciler = false }) => {
    for (let hits = 0; hits < hitsPerPoint; hits += 1) {
      const execution = await newExecution(rig, submission, () => arrange(rig));

      expect(endOf(execution)).toBe(end);
      if (end === 'completed' || end === 'failed') expect(execution?.attempts).toBe(attempts);
      expect(rig.repaired.has(execution?.id ?? '')).toBe(isFoundByReconciler);
    }
    expect(await rig.breaches()).toEqual([]);
  },
  120_000,
);

test('the checker sees what is missing, stuck, tried too often and miscounted', async () => {
  const { executions, accounts } = await rig.records();
  const [one, ...others] = executions.filter(({ status }) => status === 'completed');
  if (one === undefined) throw new Error('nothing was completed');

  expect(findBreaches({ executions: others, accounts }, [one.id])).toContain(`${one.id} is missing`);
  const callback = { url: 'https://example.com', status: 'waiting', attempts: 3 } as const;
  expect(findBreaches({ executions: [{ ...one, callback }, ...others], accounts }, [])).toContain(
    `${one.id} owes its callback`,
  );
  const odd = { ...one, status: 'running' as const, attempts: 9 };
  expect(findBreaches({ executions: [odd, ...others], accounts }, [])).toEqual(
    expect.arrayContaining([
      `${one.id} is running`,
      `${one.id} had 9 attempts`,
      expect.stringContaining('concurrentUsed'),
      expect.stringContaining('executionMsUsed'),
    ]),
  );
});
