import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import type { Execution } from '../../../shared/domain/execution.ts';
import { leaseMs } from '../../../shared/domain/timing.ts';
import {
  BackendError,
  type BackendResult,
  type SandboxBackend,
} from '../../../shared/ports/sandbox-backend.ts';
import { type LaneFixture, startLanes } from '../../support/lane-fixture.ts';
import { sampleExecution, sampleProgram, sampleResult } from '../../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const done = sampleResult();
const unavailable = new BackendError('backend_unavailable', 'E2B is down.', { beforeStart: true });
const lostInTheRun = new BackendError('sandbox_lost', 'The sandbox was lost.', { beforeStart: false });

let lanes: LaneFixture;
beforeEach(async () => {
  lanes = await startLanes(start);
});
afterEach(() => lanes.close());

/** A backend that gives these answers in turn, and counts the programs that it was given. */
function backendOf(name: SandboxBackend['name'], ...answers: (BackendResult | Error)[]) {
  const backend = {
    name,
    runs: 0,
    async run(): Promise<BackendResult> {
      const answer = answers[backend.runs] ?? answers.at(-1);
      backend.runs += 1;
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
  };
  return backend;
}

async function submit(route: Execution['route']): Promise<string> {
  const [lane = 'wasm'] = route;
  const execution = sampleExecution({ id: `exe_${ulid()}`, lane, backend: lane, route });
  await lanes.tables.store.admit(execution, sampleProgram());
  await lanes.queues[lane].send(execution.id);
  return execution.id;
}

const find = (id: string) => lanes.tables.store.load(id);
const released = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };
const chargedOnce = { executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 12 };

test('what E2B could not start runs on gvisor, is charged once, and says why', async () => {
  const id = await submit(['e2b', 'gvisor']);
  const gvisor = backendOf('gvisor', done);

  expect(await lanes.deliver(backendOf('e2b', unavailable))).toMatchObject({
    kind: 'handed_over',
    to: 'gvisor',
  });
  expect(await lanes.deliver(gvisor)).toMatchObject({ kind: 'completed' });

  expect(await find(id)).toMatchObject({
    status: 'completed',
    backend: 'gvisor',
    lane: 'gvisor',
    attempts: 2,
    failure: null,
    failures: [
      {
        attempt: 1,
        backend: 'e2b',
        code: 'backend_unavailable',
        message: 'E2B is down.',
        at: start.toISOString(),
      },
    ],
  });
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
  expect(await lanes.deliver(backendOf('e2b', done))).toBeNull();
});

test.each(['e2b', 'gvisor'] as const)('what has started on %s is never run again', async (lane) => {
  const id = await submit(lane === 'e2b' ? ['e2b', 'gvisor'] : ['gvisor']);
  const backend = backendOf(lane, lostInTheRun);

  expect(await lanes.deliver(backend)).toMatchObject({ kind: 'failed', failure: { code: 'sandbox_lost' } });

  expect(await lanes.deliver(backend)).toBeNull();
  expect(await lanes.deliver(backendOf('gvisor', done))).toBeNull();
  expect(backend.runs).toBe(1);
  expect(await find(id)).toMatchObject({
    status: 'failed',
    attempts: 1,
    failures: [{ attempt: 1, backend: lane }],
  });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('what has started on wasm, where it can touch nothing, is run again', async () => {
  const id = await submit(['wasm']);
  const wasm = backendOf('wasm', lostInTheRun, done);

  expect(await lanes.deliver(wasm)).toMatchObject({ kind: 'again' });
  expect(await lanes.deliver(wasm)).toMatchObject({ kind: 'completed' });

  expect(await find(id)).toMatchObject({ attempts: 2, failures: [{ attempt: 1, backend: 'wasm' }] });
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('a crash between the write and the message is made good by the redelivery', async () => {
  const id = await submit(['e2b', 'gvisor']);
  const e2b = backendOf('e2b', unavailable);
  const noQueue = { send: () => Promise.reject(new Error('crash')), delay: () => Promise.reject() };

  expect(await lanes.deliver(e2b, { queues: { gvisor: noQueue } })).toEqual({ kind: 'threw' });
  expect(await find(id)).toMatchObject({ status: 'queued', lane: 'gvisor' });
  expect(await lanes.deliver(backendOf('gvisor', done))).toBeNull();

  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'handed_over', to: 'gvisor' });
  expect(await lanes.deliver(backendOf('gvisor', done))).toMatchObject({ kind: 'completed' });
  expect(e2b.runs).toBe(1);
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('a message that was handed over twice runs its program once', async () => {
  const id = await submit(['e2b', 'gvisor']);
  await lanes.queues.e2b.send(id);
  const e2b = backendOf('e2b', unavailable);
  const gvisor = backendOf('gvisor', done);

  await lanes.deliver(e2b);
  await lanes.deliver(e2b);
  const results = [await lanes.deliver(gvisor), await lanes.deliver(gvisor), await lanes.deliver(gvisor)];

  expect(results).toMatchObject([{ kind: 'completed' }, { kind: 'nothing_to_do' }, null]);
  expect([e2b.runs, gvisor.runs]).toEqual([1, 1]);
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('an executor that died in the run leaves a failed execution, not a second run', async () => {
  const id = await submit(['e2b', 'gvisor']);
  await lanes.tables.store.claim(id, 'e2b', start);
  const e2b = backendOf('e2b', done);

  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'again', reason: 'lease is held' });
  lanes.setNow(new Date(start.getTime() + leaseMs + 1));
  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'failed', failure: { code: 'sandbox_lost' } });

  expect(e2b.runs).toBe(0);
  expect(await find(id)).toMatchObject({
    status: 'failed',
    failures: [{ attempt: 1, code: 'sandbox_lost' }],
  });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('without a next lane it waits as long as the backend asks, and fails when its attempts are used up', async () => {
  const id = await submit(['e2b']);
  const busy = new BackendError('backend_unavailable', 'Busy.', { beforeStart: true, retryAfterSeconds: 17 });
  const e2b = backendOf('e2b', busy);

  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'again', afterSeconds: 17 });
  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'again' });
  expect(await lanes.deliver(e2b)).toMatchObject({ kind: 'failed' });

  expect((await find(id))?.failures.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('gvisor waits for its first host longer than the other lanes wait', async () => {
  const id = await submit(['e2b', 'gvisor']);
  await lanes.deliver(backendOf('e2b', unavailable));
  const noHost = new BackendError('backend_unavailable', 'No sandbox host is running.', {
    beforeStart: true,
  });
  const gvisor = backendOf('gvisor', noHost, noHost, noHost, noHost, done);

  for (let attempt = 2; attempt <= 5; attempt += 1) {
    expect(await lanes.deliver(gvisor)).toMatchObject({ kind: 'again' });
  }
  expect(await lanes.deliver(gvisor)).toMatchObject({ kind: 'completed' });

  expect(await find(id)).toMatchObject({ attempts: 6, status: 'completed' });
});

test('artifacts are stored before the execution says that it has them', async () => {
  const id = await submit(['gvisor']);
  const content = Buffer.from('png');
  const artifacts = [
    { path: 'out/b.png', content },
    { path: 'out/a.csv', content: Buffer.from('1') },
    { path: '../escape', content },
    { path: '/etc/passwd', content },
    { path: 'out/b.png', content },
    { path: 'large', content: Buffer.alloc(10_000_001) },
  ];

  await lanes.deliver(backendOf('gvisor', { ...done, artifacts }));

  expect((await find(id))?.artifacts).toEqual([
    { path: 'out/a.csv', bytes: 1, mediaType: 'text/csv' },
    { path: 'out/b.png', bytes: 3, mediaType: 'image/png' },
  ]);
  expect([...lanes.files]).toEqual([
    ['1/0', Buffer.from('1')],
    ['1/1', content],
  ]);
});

test('whatever goes wrong where, every execution ends once, no program runs twice, and only runs are charged', async () => {
  const ids = await Promise.all(Array.from({ length: 24 }, () => submit(['e2b', 'gvisor'])));
  const started: string[] = [];
  const flaky = (name: 'e2b' | 'gvisor', faults: (Error | null)[]): SandboxBackend => {
    let turn = 0;
    return {
      name,
      async run({ executionId }) {
        const fault = faults[turn++ % faults.length] ?? null;
        if (!(fault instanceof BackendError && fault.beforeStart)) started.push(executionId);
        if (fault !== null) throw fault;
        return done;
      },
    };
  };
  const e2b = flaky('e2b', [null, unavailable, lostInTheRun, new TypeError('a bug')]);
  const gvisor = flaky('gvisor', [unavailable, null, null, lostInTheRun]);
  let sends = 0;
  const unsteady = {
    ...lanes.queues.gvisor,
    send: (id: string) =>
      sends++ % 2 === 0 ? Promise.reject(new Error('SQS is down')) : lanes.queues.gvisor.send(id),
  };

  for (let round = 1; round <= 6; round += 1) {
    for (let turn = 0; turn < ids.length * 2; turn += 1) {
      await lanes.deliver(e2b, { queues: { gvisor: unsteady } });
      await lanes.deliver(gvisor);
    }
    lanes.setNow(new Date(start.getTime() + round * 60_000));
  }

  const executions = await Promise.all(ids.map(find));
  const completed = executions.filter((execution) => execution?.status === 'completed');
  expect(executions.filter((execution) => execution?.status === 'failed')).toHaveLength(
    24 - completed.length,
  );
  expect(completed.length).toBeGreaterThan(6);
  expect(new Set(started).size).toBe(started.length);
  expect(await lanes.tables.account('acme')).toMatchObject({
    executionsUsed: completed.length,
    executionMsUsed: completed.length * 12,
    concurrentUsed: 0,
    executionMsReserved: 0,
  });
}, 60_000);
