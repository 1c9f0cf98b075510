import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { cancelExecution } from '../../../functions/cancel-execution/cancel-execution.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import type { CancelledRun } from '../../../shared/ports/execution-store.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const failure = { code: 'internal', message: 'x' } as const;
const completion = sampleCompletion({
  usage: { wallTimeMs: 120, cpuTimeMs: 100, peakMemoryMiB: 31, outputBytes: 0 },
  finishedAt: now.toISOString(),
});
const output = { stdout: '1\n', stderr: '' };
const untouched = {
  executionsUsed: 0,
  concurrentUsed: 0,
  executionMsReserved: 0,
  executionMsUsed: 0,
  costNanoUsdReserved: 0,
  costNanoUsdUsed: 0,
};
const charged = {
  executionsUsed: 1,
  concurrentUsed: 0,
  executionMsReserved: 0,
  executionMsUsed: 120,
  costNanoUsdReserved: 0,
  costNanoUsdUsed: 3_000,
};

let tables: LocalTables;
beforeEach(async () => {
  tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', defaultQuota, now);
});
afterEach(() => tables.close());

const cancel = (id: string, tenant = 'acme') =>
  cancelExecution({ store: tables.store, clock: () => now }, tenant, id);

async function admit(): Promise<string> {
  const execution = sampleExecution({ id: `exe_${ulid()}` });
  expect(await tables.store.admit(execution, sampleProgram())).toBeNull();
  return execution.id;
}

async function claim(id: string): Promise<Execution> {
  const result = await tables.store.claim(id, 'wasm', now);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

describe('an execution that', () => {
  test('waits is cancelled, and its reservation is released as if it had never been', async () => {
    const id = await admit();

    const { execution } = await cancel(id);

    expect(execution).toMatchObject({ status: 'cancelled', outcome: null, finishedAt: now.toISOString() });
    expect(await tables.account('acme')).toMatchObject(untouched);
    expect(await tables.store.claim(id, 'wasm', now)).toEqual({ kind: 'over' });
  });

  test('waits for its next attempt is cancelled, and keeps the failure of the one before', async () => {
    const id = await admit();
    await tables.store.requeue(await claim(id), failure);

    expect((await cancel(id)).execution).toMatchObject({
      status: 'cancelled',
      failures: [{ ...failure, attempt: 1 }],
    });
    expect(await tables.account('acme')).toMatchObject(untouched);
  });

  test('runs stays running, and its executor is asked to end it', async () => {
    const id = await admit();
    await claim(id);
    expect(await tables.store.isCancelRequested(id)).toBe(false);

    expect((await cancel(id)).execution).toMatchObject({ status: 'running' });

    expect(await tables.store.isCancelRequested(id)).toBe(true);
    expect((await tables.store.list('acme', { limit: 10 })).items).toHaveLength(1);
  });

  test('is cancelled stays as it is', async () => {
    const id = await admit();
    const first = await cancel(id);

    expect(await cancel(id)).toEqual(first);
    expect(await tables.account('acme')).toMatchObject(untouched);
  });

  test.each(['completed', 'failed'] as const)('has %s is a conflict', async (status) => {
    const id = await admit();
    if (status === 'completed') await tables.store.complete(await claim(id), completion, output);
    else await tables.store.fail(await claim(id), failure, now);

    await expect(cancel(id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await tables.store.load(id)).toMatchObject({ status });
  });

  test('is not there, or is of another tenant, is not found', async () => {
    const id = await admit();
    await expect(cancel(`exe_${ulid()}`)).rejects.toMatchObject({ code: 'not_found' });
    await expect(cancel(id, 'other')).rejects.toMatchObject({ code: 'not_found' });
    expect(await tables.store.load(id)).toMatchObject({ status: 'queued' });
  });
});

/** What the executor of a running execution does when it sees the request. */
const killedRun: CancelledRun = {
  truncated: { stdout: false, stderr: false },
  redactions: [],
  usage: { wallTimeMs: 120, cpuTimeMs: 100, peakMemoryMiB: 0, outputBytes: 2 },
  sandboxStartMs: 4,
  costUsd: 0.000003,
  output,
};

test('a run that was killed is charged what it used, and keeps its output', async () => {
  const id = await admit();

  expect(await tables.store.cancel(await claim(id), now, killedRun)).toBe(true);

  expect(await tables.store.findWithOutput('acme', id)).toMatchObject({
    execution: { status: 'cancelled', outcome: null, usage: killedRun.usage, costUsd: 0.000003 },
    output,
  });
  expect(await tables.account('acme')).toMatchObject(charged);
});

const repeats = 25;

describe('of racing', () => {
  test('cancels one has an effect, and all have the same answer', async () => {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const id = await admit();
      const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)));
      for (const { execution } of answers) expect(execution.status).toBe('cancelled');
      expect(await tables.account('acme')).toMatchObject(untouched);
    }
  });

  test('cancels and a claim, the execution is cancelled, or runs and is asked to end', async () => {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const id = await admit();
      const [claimed] = await Promise.all([
        tables.store.claim(id, 'wasm', now),
        ...Array.from({ length: 3 }, () => cancel(id)),
      ]);
      if (claimed.kind === 'claimed') {
        expect(await tables.store.isCancelRequested(id)).toBe(true);
        expect(await tables.store.cancel(claimed.execution, now, null)).toBe(true);
      }
      expect(await tables.store.load(id)).toMatchObject({ status: 'cancelled' });
      expect(await tables.account('acme')).toMatchObject(untouched);
    }
  });

  test('the end of a run and its cancellation one is stored, and charged once', async () => {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const id = await admit();
      const running = await claim(id);
      const before = await tables.account('acme');
      const [isCompleted, isCancelled, ...answers] = await Promise.all([
        tables.store.complete(running, completion, output),
        tables.store.cancel(running, now, killedRun),
        ...Array.from({ length: 3 }, () => cancel(id).catch((error: { code: string }) => error.code)),
      ]);
      expect([isCompleted, isCancelled].filter(Boolean)).toHaveLength(1);
      expect(answers).toHaveLength(3);
      expect(await tables.store.load(id)).toMatchObject({
        status: isCompleted ? 'completed' : 'cancelled',
      });
      const after = await tables.account('acme');
      expect(after.executionMsUsed - before.executionMsUsed).toBe(120);
      expect(after).toMatchObject({ executionsUsed: repeat + 1, concurrentUsed: 0, executionMsReserved: 0 });
    }
  });
});
