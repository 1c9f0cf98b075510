import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { createDynamoQuotaStore } from '../../shared/adapters/dynamodb-quota-store.ts';
import { accountOfTenant, accountOfUser, defaultQuota, type Quota } from '../../shared/domain/account.ts';
import type { Execution } from '../../shared/domain/execution.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
let tables: LocalTables;
let now: Date;
let tenant: string;

beforeAll(async () => {
  tables = await startLocalTables(() => now);
});
afterAll(() => tables.close());

beforeEach(() => {
  now = start;
  tenant = `t-${ulid().toLowerCase()}`;
});

async function openTenant(quota: Partial<Quota> = {}): Promise<void> {
  await tables.tenants.ensure(tenant, { ...defaultQuota, ...quota }, now);
}

async function admit(user: string | null, quota: Partial<Quota> = {}) {
  const execution = sampleExecution({ id: `exe_${ulid()}`, tenant, user, createdAt: now.toISOString() });
  const userQuota = { ...defaultQuota, ...quota };
  return { execution, refusal: await tables.store.admit(execution, sampleProgram(), { userQuota }) };
}

async function claimed({ id }: Execution): Promise<Execution> {
  const claim = await tables.store.claim(id, 'wasm', now);
  if (claim.kind !== 'claimed') throw new Error(claim.kind);
  return claim.execution;
}

const noOutput = { stdout: '', stderr: '' };
const deleteAccount = (account: string) =>
  tables.client.send(new DeleteItemCommand({ TableName: 'ledger', Key: marshall({ account }) }));

test('a user is opened by the first execution, and both accounts are charged what it used', async () => {
  await openTenant();
  const { execution, refusal } = await admit('ann', { executionsLimit: 7 });
  expect(refusal).toBeNull();
  expect(await tables.account(tenant, 'ann')).toMatchObject({
    ...{ executionsUsed: 1, executionsLimit: 7, concurrentUsed: 1, executionMsReserved: 1_000 },
  });

  await tables.store.complete(await claimed(execution), sampleCompletion(), noOutput);

  const charged = { executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 121 };
  expect(await tables.account(tenant)).toMatchObject(charged);
  expect(await tables.account(tenant, 'ann')).toMatchObject(charged);
});

test('who is over a limit is named, and the other account stays as it was', async () => {
  await openTenant({ executionsLimit: 2 });
  await admit('ann', { executionsLimit: 1 });
  expect(await admit('ann')).toMatchObject({
    refusal: { kind: 'over_limit', of: 'user', limit: 'executions', used: 1, allowed: 1 },
  });
  expect(await tables.account(tenant)).toMatchObject({ executionsUsed: 1 });

  await admit('ben');
  expect(await admit('cem')).toMatchObject({
    refusal: { kind: 'over_limit', of: 'tenant', limit: 'executions', used: 2, allowed: 2 },
  });
  expect(await tables.account(tenant, 'ben')).toMatchObject({ executionsUsed: 1 });
});

test('an unlimited tenant has limited users, and a limited tenant unlimited ones', async () => {
  await openTenant({ unlimited: true, executionsLimit: 0 });
  expect(await admit('ann', { executionsLimit: 1 })).toMatchObject({ refusal: null });
  expect(await admit('ann')).toMatchObject({ refusal: { of: 'user' } });
  expect(await admit(null)).toMatchObject({ refusal: null });

  tenant = `${tenant}-2`;
  await openTenant({ executionsLimit: 1 });
  expect(await admit('ann', { unlimited: true, executionsLimit: 0 })).toMatchObject({ refusal: null });
  expect(await admit('ann')).toMatchObject({ refusal: { of: 'tenant' } });
});

test('periods of tenant and user that are both over are renewed by one request', async () => {
  await openTenant({ executionsLimit: 1 });
  await admit('ann', { executionsLimit: 1 });
  now = new Date(start.getTime() + 31 * 86_400_000);

  // The first execution is still open, so it counts in the new period as well.
  expect(await admit('ann')).toMatchObject({ refusal: { kind: 'over_limit', used: 1 } });

  expect(await tables.account(tenant)).toMatchObject({ periodStart: now.toISOString() });
  expect(await tables.account(tenant, 'ann')).toMatchObject({ periodStart: now.toISOString() });
});

test('an admission that is taken back, and one that we fail, cost the user nothing', async () => {
  await openTenant();
  const withdrawn = await admit('ann');
  const failing = await admit('ann');

  expect(await tables.store.withdraw(withdrawn.execution)).toBe(true);
  await tables.store.fail(failing.execution, { code: 'internal', message: 'x' }, now);

  const nothing = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };
  expect(await tables.account(tenant, 'ann')).toMatchObject({
    ...{ ...nothing, executionMsLeft: defaultQuota.executionMsLimit },
  });
});

test.each<[string, (tenant: string) => string]>([
  ['tenant', accountOfTenant],
  ['user', (name) => accountOfUser(name, 'ann')],
])('an execution whose %s is deleted while it runs ends, and charges who is left', async (of, accountOf) => {
  await openTenant();
  const completing = (await admit('ann')).execution;
  const failing = (await admit('ann')).execution;
  const withdrawn = (await admit('ann')).execution;
  const running = await claimed(completing);
  await deleteAccount(accountOf(tenant));

  expect(await tables.store.complete(running, sampleCompletion(), noOutput)).toBe(true);
  expect(await tables.store.fail(failing, { code: 'internal', message: 'x' }, now)).toBe(true);
  expect(await tables.store.withdraw(withdrawn)).toBe(true);

  expect(await tables.store.load(completing.id)).toMatchObject({ status: 'completed' });
  expect(await tables.store.load(failing.id)).toMatchObject({ status: 'failed' });
  expect(await tables.store.complete(running, sampleCompletion(), noOutput)).toBe(false);
  const other = await tables.account(tenant, of === 'tenant' ? 'ann' : undefined);
  expect(other).toMatchObject({ executionsUsed: 1, concurrentUsed: 0, executionMsUsed: 121 });
  await expect(tables.account(tenant, of === 'tenant' ? undefined : 'ann')).rejects.toThrow();
});

test('a quota lowered below what runs admits nothing new, lets it finish, and owes what is over', async () => {
  await openTenant();
  const running = await claimed((await admit('ann')).execution);
  const quotas = createDynamoQuotaStore({
    ...{ client: tables.client, ledgerTable: 'ledger', controlTable: 'control' },
  });
  const audit = { id: ulid(), at: now.toISOString(), action: 'quota.change' } as const;
  const lower = { ...defaultQuota, executionsLimit: 0, executionMsLimit: 0, concurrentLimit: 0 };

  const seen = await tables.account(tenant, 'ann');
  const by = { keyId: 'key-1', tenant: 'operators', subject: `${tenant}/ann` };
  expect(await quotas.change(seen, lower, { ...audit, ...by })).toBe(true);

  expect(await tables.account(tenant, 'ann')).toMatchObject({ executionMsLeft: -1_000 });
  expect(await admit('ann')).toMatchObject({ refusal: { of: 'user', used: 1, allowed: 0 } });
  expect(await tables.store.complete(running, sampleCompletion(), noOutput)).toBe(true);
  expect(await tables.account(tenant, 'ann')).toMatchObject({ executionMsLeft: -121, concurrentUsed: 0 });
});

test.each<[string, string | null, Partial<Quota>, Partial<Quota>]>([
  ['user', 'ann', {}, { executionsLimit: 60 }],
  ['tenant', null, { executionsLimit: 60 }, {}],
])(
  'of 100 racing submits against a limit of 60 of the %s exactly 60 are admitted, 20 times',
  async (of, user, ofTenant, ofUser) => {
    const wide = { concurrentLimit: 1_000 };
    for (let repeat = 0; repeat < 20; repeat += 1) {
      tenant = `t-${ulid().toLowerCase()}`;
      await openTenant({ ...wide, ...ofTenant });

      const results = await Promise.all(
        Array.from({ length: 100 }, () => admit(user, { ...wide, ...ofUser })),
      );

      const refused = results.flatMap(({ refusal }) => refusal ?? []);
      expect(refused).toHaveLength(40);
      for (const refusal of refused) expect(refusal).toMatchObject({ of, limit: 'executions' });
      expect(await tables.account(tenant)).toMatchObject({ executionsUsed: 60, concurrentUsed: 60 });
    }
  },
  240_000,
);
