import { expect, test } from '@jest/globals';
import { runExecution } from '../../../functions/run-execution/run-execution.ts';
import type { BackendName, Execution, Failure, Output } from '../../../shared/domain/execution.ts';
import type { OperatorSettings } from '../../../shared/domain/operator-settings.ts';
import type { Claim, Completion } from '../../../shared/ports/execution-store.ts';
import { BackendError, type BackendResult } from '../../../shared/ports/sandbox-backend.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { sampleExecution, sampleProgram, sampleResult } from '../../support/sample-execution.ts';

const now = new Date('2026-03-01T00:00:10.000Z');

const { report } = sampleResult();

type Write = [name: string, ...rest: unknown[]];

/** A store that gives one claim, accepts or refuses every write, and remembers the writes. */
function createPorts(claim: Claim, run: () => Promise<BackendResult>, accepts = true) {
  const writes: Write[] = [];
  const never = () => Promise.reject(new Error('not part of an attempt'));
  const write =
    (name: string) =>
    async (...rest: unknown[]) => {
      writes.push([name, ...rest]);
      return accepts;
    };
  const store = {
    admit: never,
    findEarlierRequest: never,
    withdraw: never,
    findWithOutput: never,
    list: never,
    load: never,
    claim: async () => claim,
    complete: write('complete') as (e: Execution, c: Completion, o: Output) => Promise<boolean>,
    requeue: write('requeue') as (e: Execution, f: Failure) => Promise<boolean>,
    handOver: never,
    fail: write('fail') as (e: Execution, f: Failure) => Promise<boolean>,
    cancel: never,
    requestCancel: never,
    isCancelRequested: async () => false,
    renew: never,
    endLost: never,
  };
  const backend = { name: 'wasm' as const, run };
  const artifacts = { put: never, urlOf: never };
  return {
    writes,
    ports: {
      store,
      backend,
      artifacts,
      queues: {},
      settings: controlSettings(),
      clock: () => now,
      pause: never,
    },
  };
}

function claimed(attempts = 1): Claim {
  return {
    kind: 'claimed',
    execution: sampleExecution({ status: 'running', attempts }),
    program: sampleProgram(),
    artifacts: [],
    redaction: { off: [], contacts: false },
    sealedSecrets: null,
  };
}

const unavailable = () =>
  Promise.reject(new BackendError('backend_unavailable', 'All sandboxes are busy.', { beforeStart: true }));

test('stores the outcome, usage, cost and output of a run', async () => {
  const { ports, writes } = createPorts(claimed(), async () => ({ report, artifacts: [] }));

  const result = await runExecution(ports, 'exe_1');

  expect(result.kind).toBe('completed');
  expect(writes).toEqual([
    [
      'complete',
      expect.objectContaining({ attempts: 1 }),
      expect.objectContaining({
        outcome: 'succeeded',
        exitCode: 0,
        finishedAt: now.toISOString(),
        sandboxStartMs: 4,
      }),
      { stdout: '1\n', stderr: '' },
    ],
  ]);
  const completion = writes[0]?.[2] as Completion | undefined;
  expect(completion?.costUsd).toBeGreaterThan(0);
});

test('queues the execution again when the backend fails', async () => {
  const { ports, writes } = createPorts(claimed(1), unavailable);

  const result = await runExecution(ports, 'exe_1');

  expect(result).toEqual({ kind: 'again', afterSeconds: 2, reason: 'All sandboxes are busy.' });
  expect(writes.map(([name]) => name)).toEqual(['requeue']);
});

test('fails the execution when its last attempt fails', async () => {
  const { ports, writes } = createPorts(claimed(3), unavailable);

  const result = await runExecution(ports, 'exe_1');

  expect(result).toMatchObject({ kind: 'failed', failure: { code: 'backend_unavailable' } });
  expect(writes.map(([name]) => name)).toEqual(['fail']);
});

test('a stale attempt ends without a result', async () => {
  const { ports } = createPorts(claimed(), async () => ({ report, artifacts: [] }), false);

  await expect(runExecution(ports, 'exe_1')).resolves.toEqual({
    kind: 'nothing_to_do',
    reason: 'stale attempt',
  });
});

test('comes again when the lease of another attempt has run out', async () => {
  const { ports, writes } = createPorts(
    { kind: 'held', until: new Date('2026-03-01T00:00:15.500Z') },
    unavailable,
  );

  await expect(runExecution(ports, 'exe_1')).resolves.toMatchObject({ kind: 'again', afterSeconds: 6 });
  expect(writes).toEqual([]);
});

test.each([
  ['over', 'nothing_to_do'],
  ['unknown', 'no_execution'],
] as const)('has nothing to do when the execution is %s', async (kind, expected) => {
  const { ports, writes } = createPorts({ kind }, unavailable);

  await expect(runExecution(ports, 'exe_1')).resolves.toMatchObject({ kind: expected });
  expect(writes).toEqual([]);
});

test('fails an execution whose attempts were all lost', async () => {
  const execution = sampleExecution({ status: 'running', attempts: 3 });
  const { ports, writes } = createPorts({ kind: 'exhausted', execution }, unavailable);

  await expect(runExecution(ports, 'exe_1')).resolves.toMatchObject({ failure: { code: 'sandbox_lost' } });
  expect(writes.map(([name]) => name)).toEqual(['fail']);
});

test('a defect of ours is thrown, so that the message is delivered again', async () => {
  const { ports } = createPorts(claimed(), () => Promise.reject(new TypeError('a bug')));

  await expect(runExecution(ports, 'exe_1')).rejects.toThrow('a bug');
});

test.each<[Partial<OperatorSettings>, BackendName]>([
  [{ mode: 'maintenance' }, 'wasm'],
  [{ mode: 'restricted' }, 'gvisor'],
  [{ disabledBackends: ['e2b'] }, 'e2b'],
])('under %j an execution of %s waits, unclaimed', async (settings, name) => {
  const { ports } = createPorts(claimed(), () => Promise.reject(new Error('not to be run')));
  const store = { ...ports.store, claim: () => Promise.reject(new Error('not to be claimed')) };
  const backend = { ...ports.backend, name };

  const result = await runExecution(
    { ...ports, store, backend, settings: controlSettings(settings) },
    'exe_1',
  );

  expect(result).toMatchObject({ kind: 'again', reason: 'the operator has closed this lane' });
});
