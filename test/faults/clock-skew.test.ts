import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type FaultRig, startFaultRig } from '../support/faults/fault-rig.ts';
import { createStubBackend, unavailable } from '../support/faults/stub-backend.ts';
import { hitsPerPoint } from '../support/some-faults.ts';

let rig: FaultRig;
beforeEach(async () => {
  rig = await startFaultRig();
});
afterEach(() => rig.close());

const fiveMinutesMs = 5 * 60_000;
const skews: [name: string, skewMs: () => number][] = [
  ['five minutes ahead', () => fiveMinutesMs],
  ['five minutes behind', () => -fiveMinutesMs],
  ['five minutes ahead or behind, from one attempt to the next', alternating()],
];

function alternating(): () => number {
  let sign = -1;
  return () => {
    sign = -sign;
    return sign * fiveMinutesMs;
  };
}

/** What happens to an attempt while its clock is wrong. */
const events: [name: string, arrange: () => void][] = [
  ['nothing else happens', () => {}],
  ['every first attempt is killed in the run', () => inFirstRuns(() => rig.kill())],
  [
    'the backend is down for every first attempt',
    () =>
      inFirstRuns(() => {
        throw unavailable();
      }),
  ],
];

function inFirstRuns(act: () => void): void {
  const begun = new Set<string>();
  rig.backends.wasm = createStubBackend('wasm', (_, executionId) => {
    if (begun.has(executionId)) return;
    begun.add(executionId);
    act();
  });
}

test.each(
  skews.flatMap(([skew, skewMs]) => events.map(([event, arrange]) => ({ skew, skewMs, event, arrange }))),
)(
  'executors whose clock is $skew, and $event: each execution completes and is charged once',
  async ({ skewMs, arrange }) => {
    rig.executorSkewMs = skewMs;
    arrange();
    for (let hits = 0; hits < hitsPerPoint; hits += 1) await rig.submit();

    await rig.rest();

    const { executions } = await rig.records();
    expect(executions.map(({ status }) => status)).toEqual(Array(hitsPerPoint).fill('completed'));
    expect(await rig.breaches()).toEqual([]);
  },
);

test('an executor that takes a live lease for one that ran out fences the attempt that holds it', async () => {
  rig.backends.wasm = createStubBackend('wasm', async (run) => {
    if (run > 1) return;
    rig.executorSkewMs = () => fiveMinutesMs;
    await rig.sendRaw('wasm', JSON.stringify({ schemaVersion: 1, executionId: id }));
    await rig.deliverOnce('wasm');
  });
  const id = await rig.submit();

  await rig.rest();

  expect((await rig.records()).executions).toMatchObject([{ status: 'completed', attempts: 2 }]);
  expect(await rig.breaches()).toEqual([]);
});
