import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { callsOf } from '../support/faults/calls.ts';
import { type FaultRig, startFaultRig } from '../support/faults/fault-rig.ts';
import { createStubBackend, type StubBackend } from '../support/faults/stub-backend.ts';
import { hitsPerPoint } from '../support/some-faults.ts';

let rig: FaultRig;
let wasm: StubBackend;
beforeEach(async () => {
  rig = await startFaultRig();
  wasm = createStubBackend('wasm');
  rig.backends.wasm = wasm;
});
afterEach(() => rig.close());

const messageOf = (executionId: string | null) => JSON.stringify({ schemaVersion: 1, executionId });

async function submitMany(): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < hitsPerPoint; n += 1) ids.push((await rig.submit()) ?? 'refused');
  return ids;
}

const statuses = async () => new Set((await rig.records()).executions.map(({ status }) => status));

test('messages that are delivered more than once, during and after the run, run each program once', async () => {
  const ids = await submitMany();
  for (const id of [...ids, ...ids]) await rig.sendRaw('wasm', messageOf(id));
  rig.backends.wasm = wasm = createStubBackend('wasm', () => rig.sendRaw('wasm', messageOf(ids[0] ?? '')));

  await rig.rest();
  for (const id of ids) await rig.sendRaw('wasm', messageOf(id));
  await rig.rest();

  expect(wasm.runs).toBe(ids.length);
  expect(await rig.breaches()).toEqual([]);
});

test('messages that come late and in another order than they were sent run all the same', async () => {
  let delaySeconds = 2;
  rig.sqs.inject({
    matches: callsOf('submitter', 'SendMessage'),
    times: 3,
    reaction: {
      kind: 'change',
      change: (body) => JSON.stringify({ ...JSON.parse(body), DelaySeconds: delaySeconds-- }),
    },
  });
  const order: string[] = [];
  const ids = [await rig.submit(), await rig.submit(), await rig.submit()];
  rig.backends.wasm = {
    name: 'wasm',
    run(job) {
      order.push(job.executionId);
      return wasm.run(job);
    },
  };

  await rig.rest();

  expect(order).toEqual(ids.reverse());
  expect(await rig.breaches()).toEqual([]);
});

test.each([
  ['that is no JSON', 'not json'],
  ['of an unknown schema version', JSON.stringify({ schemaVersion: 2, executionId: 'exe_1' })],
  [
    'with a member that no version has',
    JSON.stringify({ schemaVersion: 1, executionId: 'exe_1', source: 'x' }),
  ],
  ['without an id', JSON.stringify({ schemaVersion: 1 })],
])('a message %s ends among the dead letters and disturbs no other', async (_, body) => {
  await rig.sendRaw('wasm', body);
  await submitMany();

  await rig.rest();

  expect(rig.unreadable).toEqual([body]);
  expect(await statuses()).toEqual(new Set(['completed']));
  expect(await rig.breaches()).toEqual([]);
});

test('forged messages run nothing: of an unknown execution, of another lane, with a key to no secrets', async () => {
  const [id = ''] = await submitMany();
  await rig.sendRaw('wasm', messageOf(`exe_${ulid()}`));
  await rig.sendRaw('gvisor', messageOf(id));
  await rig.sendRaw('gvisor-dead', messageOf(id));
  await rig.sendRaw('wasm', JSON.stringify({ schemaVersion: 1, executionId: id, secretsKey: 'a2V5' }));

  await rig.rest();

  expect(wasm.runs).toBe(hitsPerPoint);
  expect(rig.unreadable).toEqual([]);
  expect(await rig.breaches()).toEqual([]);
});

test('an execution that no executor survives dies as failed and costs nothing', async () => {
  rig.backends.wasm = createStubBackend('wasm', () => rig.kill());
  await submitMany();

  await rig.rest();

  expect(await statuses()).toEqual(new Set(['failed']));
  expect((await rig.records()).accounts).toMatchObject([{ executionsUsed: 0, concurrentUsed: 0 }]);
  expect(await rig.breaches()).toEqual([]);
});
