import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { type FaultRig, startFaultRig } from '../support/faults/fault-rig.ts';
import { hitsPerPoint, hitsPerSlowPoint } from '../support/some-faults.ts';
import { callbackPoints } from './callback-points.ts';
import { endOf, newExecution } from './hit.ts';

/** One for each point: where receivers are down for hours, the days of all points are more than a period of a quota. */
let rig: FaultRig;
beforeEach(async () => {
  rig = await startFaultRig();
});
afterEach(() => rig.close());

const receivedOf = (id: string | undefined) =>
  rig.receiver.received.filter(({ execution }) => execution.id === id);

test.each(callbackPoints)(
  'a callback is delivered $name',
  async ({ submission, arrange, end = 'completed', posts = 1, isSlow = false }) => {
    for (let hits = 0; hits < (isSlow ? hitsPerSlowPoint : hitsPerPoint); hits += 1) {
      const execution = await newExecution(rig, { ...submission, callsBack: true }, () => arrange(rig));

      expect(endOf(execution)).toBe(end);
      expect(execution?.callback).toMatchObject({ status: 'delivered' });
      const received = receivedOf(execution?.id);
      expect(received.length).toBeGreaterThanOrEqual(posts);
      for (const { id, isGenuine, execution: posted } of received)
        expect({ id, isGenuine, status: posted.status }).toEqual({
          id: execution?.id,
          isGenuine: true,
          status: end,
        });
    }
    expect(await rig.breaches()).toEqual([]);
  },
  120_000,
);

test('messages that are too many, forged or unreadable call nobody', async () => {
  const plain = await newExecution(rig, {}, () => {});
  const called = await newExecution(rig, { callsBack: true }, () => {});
  const before = rig.receiver.received.length;

  for (const executionId of [plain?.id, called?.id, `exe_${ulid()}`])
    await rig.sendRaw('callbacks', JSON.stringify({ schemaVersion: 1, executionId, attempt: 1 }));
  await rig.sendRaw('callbacks', `{"schemaVersion": 1, "executionId": "${called?.id}"}`);
  await rig.sendRaw('callbacks', '{"schemaVersion": 2}');
  await rig.sendRaw('callbacks', 'hello');
  await rig.rest();

  expect(rig.receiver.received).toHaveLength(before);
  expect(await rig.breaches()).toEqual([]);
});

test('an execution without a callback makes no call more', async () => {
  const [sent, owed] = [rig.sqs, rig.dynamodb].map((proxy) =>
    proxy.inject({
      matches: ({ caller, body }) => caller.startsWith('executor-') && /callback/.test(body),
      times: Number.POSITIVE_INFINITY,
      reaction: { kind: 'change', change: (body) => body },
    }),
  );
  await rig.submit();
  await rig.rest();
  expect([sent?.(), owed?.()]).toEqual([0, 0]);
});
