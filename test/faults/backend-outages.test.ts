import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { BackendName } from '../../shared/domain/execution.ts';
import { BackendError } from '../../shared/ports/sandbox-backend.ts';
import { type FaultRig, type Submission, startFaultRig } from '../support/faults/fault-rig.ts';
import { createStubBackend, unavailable } from '../support/faults/stub-backend.ts';
import { hitsPerPoint } from '../support/some-faults.ts';

let rig: FaultRig;
beforeEach(async () => {
  rig = await startFaultRig();
});
afterEach(() => rig.close());

const lostInTheRun = () => new BackendError('sandbox_lost', 'It was lost.', { beforeStart: false });

/** Fails this many runs of every execution's, and then works. */
function failing(name: BackendName, runs: number, error: () => Error): void {
  rig.backends[name] = createStubBackend(name, (run) => {
    if ((run - 1) % (runs + 1) < runs) throw error();
  });
}

interface Outage {
  name: string;
  submission: Submission;
  arrange(): void;
  expected: { status: string; backend: BackendName; attempts: number };
}

const wasmOnly: Submission = {};
const e2bFirst: Submission = { lanes: ['e2b', 'gvisor'] };
const always = Number.POSITIVE_INFINITY;

const outages: Outage[] = [
  {
    name: 'wasm is down for two attempts',
    submission: wasmOnly,
    arrange: () => failing('wasm', 2, unavailable),
    expected: { status: 'completed', backend: 'wasm', attempts: 3 },
  },
  {
    name: 'wasm is down',
    submission: wasmOnly,
    arrange: () => failing('wasm', always, unavailable),
    expected: { status: 'failed', backend: 'wasm', attempts: 3 },
  },
  {
    name: 'wasm loses the sandbox in the run',
    submission: wasmOnly,
    arrange: () => failing('wasm', 1, lostInTheRun),
    expected: { status: 'completed', backend: 'wasm', attempts: 2 },
  },
  {
    name: 'E2B is down',
    submission: e2bFirst,
    arrange: () => failing('e2b', always, unavailable),
    expected: { status: 'completed', backend: 'gvisor', attempts: 2 },
  },
  {
    name: 'E2B loses the sandbox in the run, where nothing is run twice',
    submission: e2bFirst,
    arrange: () => failing('e2b', always, lostInTheRun),
    expected: { status: 'failed', backend: 'e2b', attempts: 1 },
  },
  {
    name: 'E2B is down and the hosts take their time',
    submission: e2bFirst,
    arrange() {
      failing('e2b', always, unavailable);
      failing('gvisor', 5, unavailable);
    },
    expected: { status: 'completed', backend: 'gvisor', attempts: 7 },
  },
  {
    name: 'E2B and the hosts are down',
    submission: e2bFirst,
    arrange() {
      failing('e2b', always, unavailable);
      failing('gvisor', always, unavailable);
    },
    expected: { status: 'failed', backend: 'gvisor', attempts: 8 },
  },
];

test.each(outages)('$name: $expected.status', async ({ submission, arrange, expected }) => {
  arrange();
  for (let hits = 0; hits < hitsPerPoint; hits += 1) {
    await rig.submit(submission);
    await rig.rest();
  }

  const { executions } = await rig.records();
  expect(executions).toHaveLength(hitsPerPoint);
  for (const execution of executions) expect(execution).toMatchObject(expected);
  expect(await rig.breaches()).toEqual([]);
});
