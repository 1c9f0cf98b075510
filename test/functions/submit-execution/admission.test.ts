import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { submitOnce } from '../../../functions/submit-execution/submit-once.ts';
import { parseInput } from '../../../shared/contract/parse-input.ts';
import { toProblem } from '../../../shared/contract/problem.ts';
import { submitRequestSchema } from '../../../shared/contract/submit-request.ts';
import { defaultQuota, type Quota } from '../../../shared/domain/account.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });

const now = new Date('2026-03-01T00:00:00.000Z');
let tables: LocalTables;
let sent: string[];

beforeEach(async () => {
  sent = [];
  tables = await startLocalTables(() => now);
});

afterEach(() => tables.close());

async function openTenant(quota: Partial<Quota> = {}): Promise<void> {
  await tables.tenants.ensure('acme', { ...defaultQuota, ...quota }, now);
}

const keepsMessage = async (id: string): Promise<void> => void sent.push(id);

async function submit(send = keepsMessage, body: object = {}): Promise<Execution> {
  const request = parseInput(submitRequestSchema, { language: 'python', source: 'print(1)', ...body });
  const ports = {
    store: tables.store,
    queues: { wasm: { send, delay: () => Promise.reject(new Error('not part of an admission')) } },
    settings: controlSettings(),
    checkSyntax: async () => [],
    gate,
    callbackTargets: 'local' as const,
    clock: () => now,
    newId: () => `exe_${ulid(now.getTime())}`,
  };
  const caller = { tenant: 'acme', keyId: 'key-1', scopes: ['execute'] as const };
  return (await submitOnce(ports, caller, request, { startedMs: performance.now() })).execution;
}

/** The problem document that the caller of a refused request gets. */
async function problemOf(refused: Promise<unknown>) {
  const error = await refused.then(
    () => Promise.reject(new Error('nothing was refused')),
    (reason: unknown) => reason,
  );
  return toProblem(error, 'request-1');
}

async function listed(): Promise<Execution[]> {
  return (await tables.store.list('acme', { limit: 10 })).items;
}

const nothingReserved = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };

test('an admitted execution is queued, reserved for and handed to its lane', async () => {
  await openTenant();

  const execution = await submit(undefined, { limits: { wallTimeMs: 2_000 } });

  expect(sent).toEqual([execution.id]);
  expect(await tables.store.load(execution.id)).toEqual(execution);
  expect(execution).toMatchObject({ status: 'queued', createdAt: now.toISOString(), attempts: 0 });
  expect(await tables.account('acme')).toMatchObject({
    executionsUsed: 1,
    concurrentUsed: 1,
    executionMsReserved: 2_000,
  });
});

describe('when the queue answers with an error', () => {
  test('the admission is taken back, and the caller may try again', async () => {
    await openTenant();
    const ids: string[] = [];

    const problem = await problemOf(
      submit(async (id) => {
        ids.push(id);
        throw new Error('queue secret-name is down');
      }),
    );

    expect(problem).toMatchObject({ status: 503, code: 'backend_unavailable' });
    expect(JSON.stringify(problem)).not.toContain('secret-name');
    expect(await listed()).toEqual([]);
    expect(await tables.account('acme')).toMatchObject(nothingReserved);
    expect(await tables.store.claim(ids[0] ?? '', 'wasm', now)).toEqual({ kind: 'unknown' });
  });

  test('but the message got through and its run has begun, the execution stays accepted', async () => {
    await openTenant();

    const execution = await submit(async (id) => {
      expect(await tables.store.claim(id, 'wasm', now)).toMatchObject({ kind: 'claimed' });
      throw new Error('the answer was lost');
    });

    expect(await tables.store.load(execution.id)).toMatchObject({ status: 'running', attempts: 1 });
    expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
  });
});

describe('what is refused before admission creates nothing and costs nothing', () => {
  test('a program that no lane can run', async () => {
    await openTenant();

    expect(await problemOf(submit(undefined, { language: 'bash', source: 'ls' }))).toMatchObject({
      status: 503,
      code: 'backend_unavailable',
    });

    expect(sent).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await tables.account('acme')).toMatchObject(nothingReserved);
  });

  test('a tenant without an account', async () => {
    expect(await problemOf(submit())).toMatchObject({ status: 403, code: 'forbidden' });
    expect(sent).toEqual([]);
  });

  const resetAt = '2026-03-31T00:00:00.000Z';
  const thirtyDays = 30 * 86_400;
  const seconds = { limit: 'executionSeconds', used: 30, allowed: 45, resetAt };

  test.each<[string, Partial<Quota>, object]>([
    [
      'executions in the period',
      { executionsLimit: 1 },
      { limit: 'executions', used: 1, allowed: 1, resetAt, retryAfterSeconds: thirtyDays },
    ],
    [
      'execution time in the period',
      { executionMsLimit: 45_000 },
      { ...seconds, retryAfterSeconds: thirtyDays },
    ],
    [
      'executions at the same time',
      { concurrentLimit: 1 },
      { limit: 'concurrent', used: 1, allowed: 1, resetAt: null, retryAfterSeconds: 1 },
    ],
  ])('a request over the limit of %s', async (_, quota, members) => {
    await openTenant(quota);
    const first = await submit();

    const problem = await problemOf(submit());

    expect(problem).toMatchObject({ status: 429, code: 'quota_exceeded', ...members });
    expect(sent).toEqual([first.id]);
    expect((await listed()).map(({ id }) => id)).toEqual([first.id]);
    expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
  });
});
