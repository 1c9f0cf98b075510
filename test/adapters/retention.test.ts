import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { defaultQuota } from '../../shared/domain/account.ts';
import { expiryAfter, type RetentionDays, retentionClasses } from '../../shared/domain/retention.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const day = 86_400_000;
let tables: LocalTables;
let now: Date;
let tenant: string;

beforeAll(async () => {
  tables = await startLocalTables(() => now);
});
afterAll(() => tables.close());

beforeEach(async () => {
  now = start;
  tenant = `t-${ulid().toLowerCase()}`;
  tables.blobs.clear();
  await tables.tenants.ensure(tenant, defaultQuota, now);
});

/** Ids sort by `order`. */
async function admit(order: number, days: RetentionDays, source = 'print(1)'): Promise<string> {
  const id = `exe_${ulid(start.getTime() + order)}`;
  const times = { createdAt: now.toISOString(), expiresAt: expiryAfter(now, days) };
  const execution = sampleExecution({ id, tenant, ...times });
  expect(await tables.store.admit(execution, sampleProgram({ source }))).toBeNull();
  return id;
}

test('what has expired and is not yet deleted is shown no more, alone and in lists', async () => {
  const kept = await admit(1, 30);
  const expired = [await admit(2, 1), await admit(3, 1), await admit(4, 7)];
  now = new Date(start.getTime() + 8 * day);

  for (const id of expired) expect(await tables.store.findWithOutput(tenant, id)).toBeNull();
  expect(await tables.store.findWithOutput(tenant, kept)).toMatchObject({ execution: { id: kept } });
  const page = await tables.store.list(tenant, { limit: 1 });
  expect(page.items.map(({ id }) => id)).toEqual([kept]);
});

test('an execution is shown until the moment of its expiry', async () => {
  const id = await admit(1, 1);
  now = new Date(start.getTime() + day - 1);
  expect(await tables.store.findWithOutput(tenant, id)).not.toBeNull();
  now = new Date(start.getTime() + day);
  expect(await tables.store.findWithOutput(tenant, id)).toBeNull();
});

test.each(retentionClasses)(
  'what is kept for %d days has its program and output where they expire with it',
  async (days) => {
    const noise = Array.from({ length: 3_000 }, (_, index) => (index * 2654435761) % 4294967296).join(' ');
    const id = await admit(1, days, `'${noise}'`);
    const claim = await tables.store.claim(id, 'wasm', now);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);

    await tables.store.complete(claim.execution, sampleCompletion(), { stdout: noise, stderr: '' });

    expect([...tables.blobs.keys()]).toEqual([`programs/${days}d/${id}`, `outputs/${days}d/${id}/1`]);
    expect(await tables.store.findWithOutput(tenant, id)).toMatchObject({ output: { stdout: noise } });
  },
);
