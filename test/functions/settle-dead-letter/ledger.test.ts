import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { Execution, Failure } from '../../../shared/domain/execution.ts';
import { giveUpAfterMs, leaseMs } from '../../../shared/domain/timing.ts';
import type { ExecutionStore } from '../../../shared/ports/execution-store.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const queued = sampleExecution();
const { id } = queued;
const leaseEnd = new Date(start.getTime() + leaseMs);
const late = new Date(start.getTime() + giveUpAfterMs);
let tables: LocalTables;
let sent: string[] = [];

beforeEach(async () => {
  sent = [];
  tables = await startLocalTables(() => start);
  await tables.tenants.ensure('acme', defaultQuota, start);
});

afterEach(() => tables.close());

function settle(at = start, store: ExecutionStore = tables.store): Promise<boolean> {
  const queues = {
    wasm: { send: async (sentId: string) => void sent.push(sentId), delay: () => Promise.reject() },
  };
  const ports = { store, queues, settings: controlSettings(), clock: () => at, pause: async () => {} };
  return settleDeadLetter(ports, 'wasm', { executionId: id });
}

async function admit(): Promise<void> {
  expect(await tables.store.admit(queued, sampleProgram())).toBeNull();
}

async function claim(at = start): Promise<Execution> {
  const result = await tables.store.claim(id, 'wasm', at);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

const completion = sampleCompletion({
  usage: { wallTimeMs: 120, cpuTimeMs: 100, peakMemoryMiB: 31, outputBytes: 0 },
  finishedAt: start.toISOString(),
});
const nothingReserved = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };
const reservedOnce = { executionsUsed: 1, concurrentUsed: 1, executionMsReserved: 1_000 };

test('an execution that never ran fails, and its reservation is released', async () => {
  await admit();

  expect(await settle(late)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({
    status: 'failed',
    outcome: null,
    failure: { code: 'internal' },
    finishedAt: late.toISOString(),
  });
  expect(await tables.account('acme')).toMatchObject(nothingReserved);
});

test('an execution with no attempt left fails with its last failure, however young it is', async () => {
  const failure: Failure = { code: 'sandbox_lost', message: 'The sandbox ended without a report.' };
  await admit();
  for (let attempt = 1; attempt <= 3; attempt += 1) await tables.store.requeue(await claim(), failure);

  expect(await settle()).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'failed', failure, attempts: 3 });
  expect(sent).toEqual([]);
});

test('an execution keeps the failure of its last attempt', async () => {
  const failure: Failure = { code: 'sandbox_lost', message: 'The sandbox ended without a report.' };
  await admit();
  await tables.store.requeue(await claim(), failure);

  expect(await settle(late)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'failed', failure });
});

test('an attempt that holds its lease goes on, and the message comes again', async () => {
  await admit();
  const claimed = await claim();

  expect(await settle(new Date(leaseEnd.getTime() - 1))).toBe(false);

  expect(await tables.store.load(id)).toEqual(claimed);
  expect(await tables.account('acme')).toMatchObject(reservedOnce);
});

test('an attempt whose lease has run out is tried again, and can no longer write', async () => {
  await admit();
  const lost = await claim();

  expect(await settle(new Date(leaseEnd.getTime() + 1))).toBe(true);

  expect(await tables.store.complete(lost, completion, { stdout: '', stderr: '' })).toBe(false);
  expect(await tables.store.load(id)).toMatchObject({ status: 'queued', attempts: 1 });
  expect(await tables.account('acme')).toMatchObject(reservedOnce);
  expect(sent).toEqual([id]);
});

test('the last attempt whose lease has run out fails, and can no longer write', async () => {
  await admit();
  for (const attempt of [1, 2]) {
    expect((await claim()).attempts).toBe(attempt);
    await settle(new Date(leaseEnd.getTime() + 1));
  }
  const lost = await claim();

  expect(await settle(new Date(leaseEnd.getTime() + 1))).toBe(true);

  expect(await tables.store.requeue(lost, { code: 'internal', message: 'x' })).toBe(false);
  expect(await tables.store.load(id)).toMatchObject({ status: 'failed' });
  expect(await tables.account('acme')).toMatchObject(nothingReserved);
});

test('an attempt that begins while the message is handled goes on, and the message comes again', async () => {
  await admit();
  const claimedAfterRead: ExecutionStore = {
    ...tables.store,
    async load(wanted) {
      const read = await tables.store.load(wanted);
      await claim();
      return read;
    },
  };

  expect(await settle(late, claimedAfterRead)).toBe(false);

  expect(await tables.store.load(id)).toMatchObject({ status: 'running', attempts: 1 });
  expect(await tables.account('acme')).toMatchObject(reservedOnce);
});

test('a completed execution is done with, and stays charged', async () => {
  await admit();
  await tables.store.complete(await claim(), completion, { stdout: '', stderr: '' });

  expect(await settle(leaseEnd)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'completed', outcome: 'succeeded' });
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, executionMsUsed: 120 });
});

test('an execution that is not there is done with', async () => {
  expect(await settle()).toBe(true);
});

test('however often the message is delivered, the reservation is released once', async () => {
  await admit();

  await Promise.all(Array.from({ length: 10 }, () => settle(late)));

  expect(await settle(late)).toBe(true);
  expect(await tables.account('acme')).toMatchObject(nothingReserved);
});
