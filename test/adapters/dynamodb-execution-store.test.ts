import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { defaultQuota, type Quota } from '../../shared/domain/account.ts';
import type { Execution } from '../../shared/domain/execution.ts';
import { leaseMs } from '../../shared/domain/timing.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
let now = start;
let tables: LocalTables;

beforeEach(async () => {
  now = start;
  tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', defaultQuota, start);
});

afterEach(() => tables.close());

function execution(change: Partial<Execution> = {}): Execution {
  return sampleExecution({ id: `exe_${ulid()}`, createdAt: now.toISOString(), ...change });
}

async function admit(change: Partial<Execution> = {}): Promise<Execution> {
  const admitted = execution(change);
  expect(await tables.store.admit(admitted, sampleProgram())).toBeNull();
  return admitted;
}

async function claim(id: string, at = now): Promise<Execution> {
  const result = await tables.store.claim(id, 'wasm', at);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

async function openTenant(tenant: string, quota: Partial<Quota>): Promise<void> {
  await tables.tenants.ensure(tenant, { ...defaultQuota, ...quota }, start);
}

const completion = sampleCompletion();
const output = { stdout: '1\n', stderr: '' };

test('admission reserves, completion settles what was used', async () => {
  const { id } = await admit();
  expect(await tables.account('acme')).toMatchObject({
    executionsUsed: 1,
    concurrentUsed: 1,
    executionMsReserved: 1_000,
    executionMsLeft: 3_599_000,
  });

  const claimed = await claim(id);
  expect(await tables.store.complete(claimed, completion, output)).toBe(true);

  expect(await tables.account('acme')).toMatchObject({
    executionsUsed: 1,
    concurrentUsed: 0,
    executionMsUsed: 121,
    executionMsReserved: 0,
    executionMsLeft: 3_600_000 - 121,
  });
  const found = await tables.store.findWithOutput('acme', id);
  expect(found?.execution).toMatchObject({
    status: 'completed',
    outcome: 'succeeded',
    attempts: 1,
    leaseUntilMs: null,
  });
  expect(found?.output).toEqual(output);
});

test('a claim returns the program, starts the lease and counts the attempt', async () => {
  const { id } = await admit();

  const result = await tables.store.claim(id, 'wasm', now);

  expect(result).toMatchObject({
    kind: 'claimed',
    program: sampleProgram(),
    execution: {
      status: 'running',
      attempts: 1,
      startedAt: now.toISOString(),
      leaseUntilMs: now.getTime() + leaseMs,
    },
  });
});

test('of many racing claims one wins', async () => {
  const { id } = await admit();

  const claims = await Promise.all(Array.from({ length: 20 }, () => tables.store.claim(id, 'wasm', now)));

  expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
  expect(claims.filter(({ kind }) => kind === 'held')).toHaveLength(19);
});

test('an attempt whose lease has run out is ended, not taken over, and can no longer write', async () => {
  const { id } = await admit();
  const stale = await claim(id);
  now = new Date(now.getTime() + leaseMs + 1);
  const lapsed = await tables.store.claim(id, 'wasm', now);
  if (lapsed.kind !== 'lapsed') throw new Error(`not lapsed: ${lapsed.kind}`);
  expect(await tables.store.endLost(lapsed.execution, 'queued', now)).toBe(true);
  const current = await claim(id);
  expect(current).toMatchObject({ attempts: 2, failures: [{ attempt: 1, code: 'sandbox_lost' }] });
  expect(await tables.store.renew(stale, now)).toBe(false);

  expect(await tables.store.complete(stale, completion, output)).toBe(false);
  expect(await tables.store.requeue(stale, { code: 'internal', message: 'x' })).toBe(false);
  expect(await tables.store.fail(stale, { code: 'internal', message: 'x' }, now)).toBe(false);
  expect(await tables.store.complete(current, completion, output)).toBe(true);
  expect(await tables.account('acme')).toMatchObject({
    executionsUsed: 1,
    concurrentUsed: 0,
    executionMsUsed: 121,
  });
});

test('an execution can be completed once', async () => {
  const { id } = await admit();
  const claimed = await claim(id);

  const results = await Promise.all(
    Array.from({ length: 10 }, () => tables.store.complete(claimed, completion, output)),
  );

  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await tables.account('acme')).toMatchObject({ concurrentUsed: 0, executionMsUsed: 121 });
  expect((await tables.store.claim(id, 'wasm', now)).kind).toBe('over');
});

test('a failure puts the execution back, the last one ends it and releases the reservation', async () => {
  const { id } = await admit();
  const failure = { code: 'sandbox_lost', message: 'The sandbox ended without a report.' } as const;
  for (const attempt of [1, 2]) {
    const claimed = await claim(id);
    expect(claimed.attempts).toBe(attempt);
    expect(await tables.store.requeue(claimed, failure)).toBe(true);
  }
  expect(await tables.store.fail(await claim(id), failure, now)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'failed', failure, attempts: 3 });
  expect(await tables.account('acme')).toMatchObject({
    executionsUsed: 0,
    concurrentUsed: 0,
    executionMsReserved: 0,
    executionMsLeft: 3_600_000,
  });
});

test('a renewal keeps the lease, and what saw the one before can not end the attempt', async () => {
  const { id } = await admit();
  const held = await claim(id);
  const seen = await tables.store.load(id);
  now = new Date(now.getTime() + 20_000);

  expect(await tables.store.renew(held, now)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ leaseUntilMs: now.getTime() + leaseMs });
  for (const to of ['queued', 'failed', 'cancelled'] as const)
    expect(await tables.store.endLost(seen ?? held, to, now)).toBe(false);
  expect(await tables.store.complete(held, completion, output)).toBe(true);
  expect(await tables.store.renew(held, now)).toBe(false);
});

test('of everybody who finds a lost attempt one ends it, and it is released once', async () => {
  for (const to of ['failed', 'cancelled'] as const) {
    const { id } = await admit();
    const lost = await claim(id);

    const ended = await Promise.all(Array.from({ length: 10 }, () => tables.store.endLost(lost, to, now)));

    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await tables.store.load(id)).toMatchObject({ status: to, leaseUntilMs: null });
    expect(await tables.account('acme')).toMatchObject({ executionsUsed: 0, executionMsReserved: 0 });
  }
});

test('after three lost attempts nothing is claimed any more', async () => {
  const { id } = await admit();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    expect(await tables.store.endLost(await claim(id), 'queued', now)).toBe(true);
  }
  expect(await tables.store.claim(id, 'wasm', now)).toMatchObject({
    kind: 'exhausted',
    execution: { attempts: 3 },
  });
});

test('100 racing admissions against a limit of 60 admit exactly 60', async () => {
  await openTenant('racer', { executionsLimit: 60, concurrentLimit: 1_000 });

  const results = await Promise.all(
    Array.from({ length: 100 }, () => tables.store.admit(execution({ tenant: 'racer' }), sampleProgram())),
  );

  expect(results.filter((refusal) => refusal === null)).toHaveLength(60);
  expect(results.find((refusal) => refusal !== null)).toMatchObject({
    kind: 'over_limit',
    limit: 'executions',
    used: 60,
  });
  expect(await tables.account('racer')).toMatchObject({ executionsUsed: 60, concurrentUsed: 60 });
});

const limited: [string, Partial<Quota>, Record<string, unknown>][] = [
  ['concurrent executions', { concurrentLimit: 1 }, { limit: 'concurrent', allowed: 1, resetAt: null }],
  ['execution time', { executionMsLimit: 1_999 }, { limit: 'executionSeconds', allowed: 1.999 }],
];

test.each(limited)('refuses over the limit of %s, and creates nothing', async (_, quota, expected) => {
  await openTenant('small', quota);
  await admit({ tenant: 'small' });
  const refused = execution({ tenant: 'small' });

  expect(await tables.store.admit(refused, sampleProgram())).toMatchObject(expected);

  expect(await tables.store.load(refused.id)).toBeNull();
  expect(await tables.account('small')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
});

test('a period that is over rolls once, with what is still running counted in the new one', async () => {
  await openTenant('old', { executionsLimit: 30, concurrentLimit: 100 });
  const running = await admit({ tenant: 'old' });
  now = new Date('2026-04-15T00:00:00.000Z');

  await Promise.all(Array.from({ length: 20 }, () => admit({ tenant: 'old' })));
  await tables.store.complete(await claim(running.id), completion, output);

  expect(await tables.account('old')).toMatchObject({
    periodStart: '2026-04-15T00:00:00.000Z',
    executionsUsed: 21,
    concurrentUsed: 20,
    executionMsUsed: 121,
    executionMsReserved: 20_000,
    executionMsLeft: 3_600_000 - 20_000 - 121,
  });
});

test('an admission can be withdrawn until it is claimed', async () => {
  const waiting = await admit();
  const taken = await admit();
  await claim(taken.id);

  expect(await tables.store.withdraw(waiting)).toBe(true);
  expect(await tables.store.withdraw(taken)).toBe(false);

  expect(await tables.store.load(waiting.id)).toBeNull();
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
});

test('another tenant finds nothing', async () => {
  const { id } = await admit();
  expect(await tables.store.findWithOutput('other', id)).toBeNull();
  expect(await tables.store.list('other', { limit: 10 })).toEqual({ items: [], next: null });
});

test('programs and outputs that are large go to the blobs and come back whole', async () => {
  const source = `# ${randomBytes(20_000).toString('hex')}`;
  const large = execution();
  await tables.store.admit(large, sampleProgram({ source }));
  const result = await tables.store.claim(large.id, 'wasm', now);
  if (result.kind !== 'claimed') throw new Error('not claimed');
  const stdout = randomBytes(20_000).toString('hex');
  await tables.store.complete(result.execution, completion, { stdout, stderr: '' });

  expect(result.program.source).toBe(source);
  expect((await tables.store.findWithOutput('acme', large.id))?.output.stdout).toBe(stdout);
  expect([...tables.blobs.keys()]).toEqual([`programs/30d/${large.id}`, `outputs/30d/${large.id}/1`]);
});

test('lists newest first in pages, without gaps or repeats', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 25; index += 1)
    ids.unshift((await admit({ id: `exe_${ulid(start.getTime() + index)}` })).id);

  const seen: string[] = [];
  for (let before: string | undefined, pages = 0; pages < 10; pages += 1) {
    const page = await tables.store.list('acme', { limit: 10, ...(before !== undefined && { before }) });
    seen.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    before = page.next;
  }

  expect(seen).toEqual(ids);
});

test('filters by status, outcome and user across pages', async () => {
  for (let index = 0; index < 12; index += 1) {
    const { id } = await admit({
      id: `exe_${ulid(start.getTime() + index)}`,
      user: index % 3 === 0 ? 'ada' : null,
    });
    if (index % 2 === 0) await tables.store.complete(await claim(id), completion, output);
  }

  const completed = await tables.store.list('acme', { limit: 4, status: 'completed' });
  const rest = await tables.store.list('acme', {
    limit: 4,
    status: 'completed',
    before: completed.next ?? '',
  });

  expect(completed.items).toHaveLength(4);
  expect(rest.items).toHaveLength(2);
  expect(rest.next).toBeNull();
  expect((await tables.store.list('acme', { limit: 10, user: 'ada' })).items).toHaveLength(4);
  expect(
    (await tables.store.list('acme', { limit: 10, user: 'ada', outcome: 'succeeded' })).items,
  ).toHaveLength(2);
});
