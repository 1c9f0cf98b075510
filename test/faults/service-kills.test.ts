import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { findBreaches } from '../../scripts/records/find-breaches.ts';
import { type CallbackReceiver, startCallbackReceiver } from '../support/callback-receiver.ts';
import { createFaultyCloud, type FaultyCloud } from '../support/faults/faulty-cloud.ts';
import { hitsPerServicePoint } from '../support/some-faults.ts';
import { serviceKillPoints } from './service-kill-points.ts';

/** A lost attempt's lease runs out, and then some. */
const restsWithinMs = 90_000;

let cloud: FaultyCloud;
let receiver: CallbackReceiver;
let secret = '';
const admitted: string[] = [];
beforeAll(async () => {
  cloud = await createFaultyCloud();
  await cloud.start();
  secret = await cloud.callbackSecret();
  receiver = await startCallbackReceiver(() => secret);
}, 60_000);
afterAll(async () => {
  await cloud.end();
  await receiver.close();
}, 60_000);

const program = {
  language: 'python',
  source: 'import time\ntime.sleep(0.3)',
  limits: { wallTimeMs: 1_000 },
} as const;

/** The id that the client is told of; null when it gets no answer. */
async function submit(idempotencyKey: string): Promise<string | null> {
  const answer = await cloud
    .client()
    .submit({ ...program, callbackUrl: receiver.url }, { idempotencyKey })
    .catch(() => null);
  return answer?.ok ? answer.body.id : null;
}

test.each(serviceKillPoints)(
  'SIGKILL $name leaves no process and comes back',
  async (point) => {
    for (let hits = 0; hits < hitsPerServicePoint; hits += 1) {
      const key = ulid();
      receiver.answer = () => (point.hangs ? 'hang' : 204);
      if (point.needsWarmSandbox) await cloud.client().submit(program, { waitSeconds: 20 });
      await cloud.arm(serviceKillPoints.indexOf(point));
      const first = await submit(key);

      expect(await cloud.death()).toEqual([]);
      receiver.answer = () => 204;
      await cloud.start();

      const id = await submit(key);
      if (id === null) throw new Error('not accepted');
      if (first !== null) expect(id).toBe(first);
      admitted.push(id);
    }
  },
  600_000,
);

test('and then nothing is lost, nothing charged twice, no callback forgotten', async () => {
  const records = await cloud.rest(restsWithinMs);

  expect(findBreaches(records, admitted)).toEqual([]);
  // One whose every attempt met a kill has none left.
  const others = records.executions.filter(
    ({ outcome, attempts }) => outcome !== 'succeeded' && attempts < 3,
  );
  expect(others).toEqual([]);
  const delivered = new Set(receiver.received.map(({ id, isGenuine }) => isGenuine && id));
  expect(admitted.filter((id) => !delivered.has(id))).toEqual([]);
}, 120_000);
