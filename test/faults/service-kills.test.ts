import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { findBreaches } from '../../scripts/records/find-breaches.ts';
import { createFaultyCloud, type FaultyCloud } from '../support/faults/faulty-cloud.ts';
import { hitsPerServicePoint } from '../support/some-faults.ts';
import { serviceKillPoints } from './service-kill-points.ts';

/** A lost attempt's lease runs out, and then some. */
const restsWithinMs = 90_000;

let cloud: FaultyCloud;
const admitted: string[] = [];
beforeAll(async () => {
  cloud = await createFaultyCloud();
  await cloud.start();
}, 60_000);
afterAll(() => cloud.end(), 60_000);

const program = {
  language: 'python',
  source: 'import time\ntime.sleep(0.3)',
  limits: { wallTimeMs: 1_000 },
} as const;

/** The id that the client is told of; null when it gets no answer. */
async function submit(idempotencyKey: string): Promise<string | null> {
  const answer = await cloud
    .client()
    .submit(program, { idempotencyKey })
    .catch(() => null);
  return answer?.ok ? answer.body.id : null;
}

test.each(serviceKillPoints)(
  'SIGKILL $name leaves no process and comes back',
  async (point) => {
    for (let hits = 0; hits < hitsPerServicePoint; hits += 1) {
      const key = ulid();
      if (point.needsWarmSandbox) await cloud.client().submit(program, { waitSeconds: 20 });
      await cloud.arm(serviceKillPoints.indexOf(point));
      const first = await submit(key);

      expect(await cloud.death()).toEqual([]);
      await cloud.start();

      const id = await submit(key);
      if (id === null) throw new Error('not accepted');
      if (first !== null) expect(id).toBe(first);
      admitted.push(id);
    }
  },
  600_000,
);

test('and then nothing is lost, nothing charged twice', async () => {
  const records = await cloud.rest(restsWithinMs);

  expect(findBreaches(records, admitted)).toEqual([]);
  // One whose every attempt met a kill has none left.
  const others = records.executions.filter(
    ({ outcome, attempts }) => outcome !== 'succeeded' && attempts < 3,
  );
  expect(others).toEqual([]);
}, 120_000);
