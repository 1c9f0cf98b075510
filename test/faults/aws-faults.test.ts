import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callsOf } from '../support/faults/calls.ts';
import { type FaultRig, startFaultRig } from '../support/faults/fault-rig.ts';
import { hitsPerSlowPoint } from '../support/some-faults.ts';
import { awsFaults } from './aws-faults.ts';
import { endOf, newExecution } from './hit.ts';

let rig: FaultRig;
beforeAll(async () => {
  rig = await startFaultRig();
});
afterAll(() => rig.close());

test.each(awsFaults)(
  '$name: it ends as $end',
  async ({
    submission,
    arrange,
    of,
    calls,
    skip = 0,
    times,
    reaction,
    end,
    attempts = 1,
    isFoundByReconciler = false,
  }) => {
    for (let hits = 0; hits < hitsPerSlowPoint; hits += 1) {
      let met = () => 0;
      const execution = await newExecution(rig, submission, () => {
        arrange?.(rig);
        met = rig[of].inject({ matches: callsOf(...calls), skip, times, reaction });
      });

      expect(met()).toBe(times);
      expect(endOf(execution)).toBe(end);
      if (end === 'completed') expect(execution?.attempts).toBe(attempts);
      expect(rig.repaired.has(execution?.id ?? '')).toBe(isFoundByReconciler);
    }
    expect(await rig.breaches()).toEqual([]);
  },
  300_000,
);
