import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { cancelExecution } from '../../../functions/cancel-execution/cancel-execution.ts';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import type { SandboxReport } from '../../../shared/domain/sandbox-report.ts';
import {
  BackendError,
  type BackendResult,
  RunAborted,
  type SandboxBackend,
} from '../../../shared/ports/sandbox-backend.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LaneFixture, startLanes } from '../../support/lane-fixture.ts';
import { sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const report: SandboxReport = {
  ending: { kind: 'signaled', signal: 'SIGKILL' },
  stdout: 'until then\n',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  error: null,
  usage: { wallTimeMs: 12, cpuTimeMs: 9, peakMemoryMiB: 0, outputBytes: 11 },
  sandboxStartMs: 4,
};
const untouched = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };

let lanes: LaneFixture;
beforeEach(async () => {
  lanes = await startLanes(start);
});
afterEach(() => lanes.close());

async function submit(): Promise<string> {
  const execution = sampleExecution({ id: `exe_${ulid()}` });
  await lanes.tables.store.admit(execution, sampleProgram());
  await lanes.queues.wasm.send(execution.id);
  return execution.id;
}

const cancel = (id: string) => cancelExecution({ store: lanes.tables.store, clock: () => start }, 'acme', id);

/** A backend whose programs run until they are aborted; `begun` tells of the first. */
function endless(
  end: (signal: AbortSignal | undefined) => BackendResult | Error = () => new RunAborted(report),
) {
  const begun = Promise.withResolvers<void>();
  const backend: SandboxBackend = {
    name: 'wasm',
    async run(_job, signal) {
      begun.resolve();
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      const answer = end(signal);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { backend, begun: begun.promise };
}

const never: SandboxBackend = { name: 'wasm', run: () => Promise.reject(new Error('must not run')) };

test('a run that is cancelled is ended, charged what it used, and keeps what it printed', async () => {
  const id = await submit();
  const { backend, begun } = endless();
  const delivered = lanes.deliver(backend);
  await begun;

  expect((await cancel(id)).execution.status).toBe('running');

  expect(await delivered).toMatchObject({ kind: 'cancelled' });
  expect(await lanes.tables.store.findWithOutput('acme', id)).toMatchObject({
    execution: { status: 'cancelled', outcome: null, exitCode: null, signal: null, usage: report.usage },
    output: { stdout: 'until then\n', stderr: '' },
  });
  expect(await lanes.tables.account('acme')).toMatchObject({
    executionsUsed: 1,
    concurrentUsed: 0,
    executionMsReserved: 0,
    executionMsUsed: 12,
  });
  expect(await lanes.deliver(never)).toBeNull();
});

test('what was printed before a cancel is redacted too', async () => {
  const id = await submit();
  const token = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
  const { backend, begun } = endless(() => new RunAborted({ ...report, stdout: `token ${token}\n` }));
  const delivered = lanes.deliver(backend);
  await begun;
  await cancel(id);
  await delivered;

  const found = await lanes.tables.store.findWithOutput('acme', id);
  expect(found?.output.stdout).toContain('token');
  expect(found?.output.stdout).not.toContain(token);
});

test('a run that is cancelled before its program starts is not charged', async () => {
  const id = await submit();
  const { backend, begun } = endless(() => new RunAborted(null));
  const delivered = lanes.deliver(backend);
  await begun;
  await cancel(id);

  expect(await delivered).toMatchObject({ kind: 'cancelled' });
  expect(await lanes.tables.account('acme')).toMatchObject(untouched);
});

test('a result that came before the cancel was seen wins', async () => {
  const id = await submit();
  const backend: SandboxBackend = {
    name: 'wasm',
    async run() {
      await cancel(id);
      return { report: { ...report, ending: { kind: 'exited', exitCode: 0 } }, artifacts: [] };
    },
  };

  expect(await lanes.deliver(backend)).toMatchObject({ kind: 'completed' });

  await expect(cancel(id)).rejects.toMatchObject({ code: 'conflict' });
});

test('a cancelled execution whose backend fails is not run again', async () => {
  const id = await submit();
  const failing: SandboxBackend = {
    name: 'wasm',
    async run() {
      await cancel(id);
      throw new BackendError('sandbox_lost', 'lost', { beforeStart: false });
    },
  };
  expect(await lanes.deliver(failing)).toMatchObject({ kind: 'again' });

  expect(await lanes.deliver(never)).toMatchObject({ kind: 'cancelled' });

  expect(await lanes.tables.store.load(id)).toMatchObject({ status: 'cancelled', attempts: 2 });
  expect(await lanes.tables.account('acme')).toMatchObject(untouched);
});

test('the message of an execution that was cancelled in the queue finds nothing to do', async () => {
  const id = await submit();
  await cancel(id);

  expect(await lanes.deliver(never)).toMatchObject({ kind: 'nothing_to_do', reason: 'already over' });
  expect(await lanes.deliver(never)).toBeNull();
});

test('a dead message of a cancelled execution whose executor was lost cancels it', async () => {
  const id = await submit();
  await lanes.tables.store.claim(id, 'wasm', start);
  await cancel(id);
  const later = new Date(start.getTime() + 3_600_000);
  const ports = {
    store: lanes.tables.store,
    queues: {},
    settings: controlSettings(),
    clock: () => later,
    pause: async () => {},
  };

  expect(await settleDeadLetter(ports, 'wasm', { executionId: id })).toBe(true);

  expect(await lanes.tables.store.load(id)).toMatchObject({ status: 'cancelled' });
  expect(await lanes.tables.account('acme')).toMatchObject(untouched);
});
