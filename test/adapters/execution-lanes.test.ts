import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { loadJson, storeJson } from '../../shared/adapters/blob-codec.ts';
import { executionsTable } from '../../shared/contract/tables.ts';
import { defaultQuota } from '../../shared/domain/account.ts';
import type { Execution, Failure } from '../../shared/domain/execution.ts';
import { leaseMs } from '../../shared/domain/timing.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const failure: Failure = { code: 'backend_unavailable', message: 'E2B is down.' };
const completion = sampleCompletion({
  artifacts: [{ path: 'out/plot.png', bytes: 3, mediaType: 'image/png' }],
  usage: { wallTimeMs: 120, cpuTimeMs: 100, peakMemoryMiB: 31, outputBytes: 2 },
});
const output = { stdout: '1\n', stderr: '' };

let now = start;
let tables: LocalTables;

beforeEach(async () => {
  now = start;
  tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', defaultQuota, start);
});

afterEach(() => tables.close());

async function admit(lane: Execution['lane'], route: Execution['route'] = [lane]): Promise<string> {
  const execution = sampleExecution({ id: `exe_${ulid()}`, lane, backend: lane, route });
  expect(await tables.store.admit(execution, { ...sampleProgram(), artifacts: ['out/*.png'] })).toBeNull();
  return execution.id;
}

async function claim(id: string, lane: Execution['lane']): Promise<Execution> {
  const result = await tables.store.claim(id, lane, now);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

test('an index projects at most 20 attributes', () => {
  expect(executionsTable.tenantIndexAttributes.length).toBeLessThanOrEqual(20);
});

test('a handed-over execution belongs to the next lane, its reservation kept and its failure recorded', async () => {
  const id = await admit('e2b', ['e2b', 'gvisor']);

  expect(await tables.store.handOver(await claim(id, 'e2b'), 'gvisor', failure)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({
    status: 'queued',
    lane: 'gvisor',
    backend: 'gvisor',
    attempts: 1,
    leaseUntilMs: null,
    failures: [{ ...failure, attempt: 1, backend: 'e2b', at: start.toISOString() }],
  });
  expect(await tables.account('acme')).toMatchObject({ concurrentUsed: 1, executionMsReserved: 1_000 });
  expect(await tables.store.claim(id, 'e2b', now)).toMatchObject({ kind: 'moved', execution: { id } });
  expect(await claim(id, 'gvisor')).toMatchObject({ attempts: 2, backend: 'gvisor' });
});

test('an attempt that hands over many times at once moves the execution once, and can no longer write', async () => {
  const id = await admit('e2b', ['e2b', 'gvisor']);
  const claimed = await claim(id, 'e2b');

  const moved = await Promise.all(
    Array.from({ length: 10 }, () => tables.store.handOver(claimed, 'gvisor', failure)),
  );

  expect(moved.every(Boolean)).toBe(true);
  expect(await tables.store.complete(claimed, completion, output)).toBe(false);
  expect((await tables.store.load(id))?.failures).toHaveLength(1);
});

test.each(['wasm', 'e2b', 'gvisor'] as const)('%s never claims what may have started', async (lane) => {
  const id = await admit(lane);
  await claim(id, lane);
  expect(await tables.store.claim(id, lane, now)).toMatchObject({ kind: 'held' });
  now = new Date(now.getTime() + leaseMs + 1);

  const result = await tables.store.claim(id, lane, now);

  expect(result).toMatchObject({ kind: 'lapsed', execution: { status: 'running', attempts: 1 } });
});

test('a duplicate message does not end the last attempt while it runs', async () => {
  const id = await admit('wasm');
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await tables.store.requeue(await claim(id, 'wasm'), failure);
  }
  await claim(id, 'wasm');

  expect(await tables.store.claim(id, 'wasm', now)).toMatchObject({ kind: 'held' });
});

test('a completed execution lists its artifacts and the attempts that failed or were lost before', async () => {
  const id = await admit('wasm');
  await tables.store.requeue(await claim(id, 'wasm'), failure);
  now = new Date(now.getTime() + 60_000);
  await tables.store.endLost(await claim(id, 'wasm'), 'queued', now);
  const third = await claim(id, 'wasm');

  await tables.store.complete(third, completion, output);

  const expected = {
    attempts: 3,
    failure: null,
    artifacts: completion.artifacts,
    failures: [
      { ...failure, attempt: 1 },
      { attempt: 2, backend: 'wasm', code: 'sandbox_lost' },
    ],
  };
  expect(await tables.store.load(id)).toMatchObject(expected);
  expect((await tables.store.list('acme', { limit: 1 })).items[0]).toMatchObject(expected);
});

test('the artifacts that are wanted come with the claim', async () => {
  const id = await admit('gvisor');
  expect(await tables.store.claim(id, 'gvisor', now)).toMatchObject({
    artifacts: ['out/*.png'],
    program: sampleProgram(),
  });
});

test('an execution of the version before lanes is listed, claimed and completed', async () => {
  const id = `exe_${ulid()}`;
  const { language, sourceSha256, metadata, validationMs, createdAt, expiresAt, ...rest } = sampleExecution();
  const { failures: _failures, artifacts: _artifacts, route: _route, ...fields } = rest;
  const request = { language, sourceSha256, metadata, validationMs, createdAt, expiresAt };
  const program = await storeJson(
    { put: () => Promise.reject(), get: () => Promise.reject() },
    id,
    sampleProgram(),
  );
  const Item = marshall({ ...fields, id, request, program, expiresAtSeconds: 1_775_000_000 });
  await tables.client.send(new PutItemCommand({ TableName: 'executions', Item }));

  const listed = (await tables.store.list('acme', { limit: 1 })).items[0];
  const claimed = await claim(id, 'wasm');
  const isCompleted = await tables.store.complete(claimed, completion, output);

  expect(listed).toMatchObject({ id, failures: [], artifacts: [], route: [] });
  expect(isCompleted).toBe(true);
  expect(await tables.store.load(id)).toMatchObject({ status: 'completed', failures: [] });
  expect(await loadJson({ put: () => Promise.reject(), get: () => Promise.reject() }, program)).toEqual(
    sampleProgram(),
  );
});
