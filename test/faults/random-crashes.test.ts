import { expect, test } from '@jest/globals';
import { crashAtRandom } from '../support/faults/crash-world.ts';
import { seededRandom } from '../support/faults/seeded-random.ts';
import { crashedExecutions } from '../support/some-faults.ts';

/** Few executions need more crashes to meet each kind of them. */
const crashShare = crashedExecutions < 1_000 ? 0.2 : 0.02;
/** CORDON_SEED repeats what a failure names. */
const seed = Number(process.env.CORDON_SEED ?? Date.now() % 1_000_000);

test(`${crashedExecutions} executions, ${crashShare * 100} % of all processes crash: none lost, none charged twice, none stuck, no callback forgotten`, async () => {
  const { crashes, records, admitted, breaches, taken } = await crashAtRandom({
    executions: crashedExecutions,
    crashShare,
    random: seededRandom(seed),
  });

  const found = { seed, executions: records.executions.length, answered: new Set(admitted).size };
  expect(found).toEqual({ seed, executions: crashedExecutions, answered: crashedExecutions });
  const total = [...crashes.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan((crashShare * crashedExecutions) / 4);

  expect({ seed, breaches }).toEqual({ seed, breaches: [] });

  const called = records.executions.filter(({ callback }) => callback?.status === 'delivered');
  expect(called).toHaveLength(records.executions.filter(({ callback }) => callback !== null).length);
  expect({ seed, taken: new Set(taken) }).toEqual({ seed, taken: new Set(called.map(({ id }) => id)) });
}, 600_000);
