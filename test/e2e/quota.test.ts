import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import type { QuotaView } from '../../shared/contract/quota-view.ts';
import type { QuotaChange } from '../../shared/domain/quota-change.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let tenants = 0;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end(), 60_000);

async function tenantWith(quota: QuotaChange): Promise<{ tenant: string; client: CordonClient }> {
  const tenant = `tenant-${++tenants}`;
  const client = fixture.clientOf(await fixture.createKey(tenant));
  const answer = await fixture.admin.putQuota(tenant, quota);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return { tenant, client };
}

const run = (client: CordonClient) =>
  client.submit({ language: 'python', source: 'print(1)' }, { waitSeconds: 25 });

async function quotaOf(client: CordonClient): Promise<QuotaView> {
  const answer = await client.getQuota();
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

test('a tenant sees what it has used, in time and in money', async () => {
  const { client, tenant } = await tenantWith({});
  const execution = await run(client);

  const quota = await quotaOf(client);

  expect(quota).toMatchObject({
    ...{ executionsUsed: 1, executionsLimit: 1_000, executionSecondsLimit: 3_600 },
    ...{ concurrentUsed: 0, concurrentLimit: 50, costUsdLimit: null, unlimited: false, periodDays: 30 },
  });
  expect(quota.executionSecondsUsed).toBeGreaterThan(0);
  expect(quota.costUsd).toBeCloseTo((execution.ok && execution.body.costUsd) || 1, 8);
  expect(await fixture.admin.getQuotaOf(tenant)).toMatchObject({ ok: true, body: quota });
});

test.each<[string, QuotaChange, object]>([
  ['executions', { executionsLimit: 1 }, { limit: 'executions', used: 1, allowed: 1 }],
  ['seconds', { executionSecondsLimit: 30 }, { limit: 'executionSeconds', allowed: 30 }],
  // What a run of 30 s on wasm could cost, and hardly more.
  ['money', { costUsdLimit: 0.0009337 }, { limit: 'costUsd', allowed: 0.0009337 }],
])('the second execution is over a quota of %s for one', async (_, limits, problem) => {
  const { client } = await tenantWith(limits);
  expect(await run(client)).toMatchObject({ ok: true, status: 200 });

  const refused = await run(client);

  expect(refused).toMatchObject({ status: 429, problem: { code: 'quota_exceeded', ...problem } });
  const { periodEnd } = await quotaOf(client);
  expect(refused).toMatchObject({ problem: { resetAt: periodEnd } });
  const secondsLeft = (Date.parse(periodEnd) - Date.now()) / 1000;
  expect(Math.abs(Number(refused.headers.get('retry-after')) - secondsLeft)).toBeLessThan(60);
});

test('a quota below what is used admits nothing, and a higher one admits again at once', async () => {
  const { client, tenant } = await tenantWith({});
  await run(client);
  await run(client);

  await fixture.admin.putQuota(tenant, { executionSecondsLimit: 0, executionsLimit: 1, costUsdLimit: 0 });
  expect(await run(client)).toMatchObject({ status: 429 });
  await fixture.admin.putQuota(tenant, {
    executionSecondsLimit: 3_600,
    executionsLimit: 3,
    costUsdLimit: null,
  });

  expect(await run(client)).toMatchObject({ status: 200 });
  expect(await quotaOf(client)).toMatchObject({ executionsUsed: 3, costUsdLimit: null });
});

test('who is unlimited is counted all the same', async () => {
  const { client } = await tenantWith({ unlimited: true, executionsLimit: 0, costUsdLimit: 0 });

  expect(await run(client)).toMatchObject({ status: 200 });
  expect(await quotaOf(client)).toMatchObject({ executionsUsed: 1, unlimited: true });
});

test('changes of a quota that race each other and executions leave sums that add up', async () => {
  const { client, tenant } = await tenantWith({});
  const limits = [100, 200, 300, 400];

  await Promise.all([
    ...limits.map((executionSecondsLimit) => fixture.admin.putQuota(tenant, { executionSecondsLimit })),
    ...Array.from({ length: 8 }, () => run(client)),
  ]);

  const { executionSecondsLimit, executionSecondsUsed } = await quotaOf(client);
  expect(limits).toContain(executionSecondsLimit);
  // Exactly what is left can be reserved, not a millisecond more.
  const leftMs = Math.round((executionSecondsLimit - executionSecondsUsed) * 1000);
  await fixture.admin.putQuota(tenant, {
    executionSecondsLimit: (executionSecondsLimit * 1000 - leftMs + 5_000) / 1000,
  });
  const submit = (wallTimeMs: number) =>
    client.submit({ language: 'python', source: 'print(1)', limits: { wallTimeMs } });
  expect(await submit(5_001)).toMatchObject({ status: 429 });
  expect(await submit(5_000)).toMatchObject({ ok: true });
});

test.each([
  ['a negative limit', { executionsLimit: -1 }],
  ['a limit beyond all measure', { executionsLimit: 1e18 }],
  ['a part of an execution', { executionsLimit: 1.5 }],
  ['a period of no days', { periodDays: 0 }],
  ['a text', { costUsdLimit: '5' }],
  ['what is used', { executionsUsed: 0 }],
])('%s is refused', async (_, fields) => {
  const { tenant } = await tenantWith({});
  expect(await fixture.admin.putQuota(tenant, fields as QuotaChange)).toMatchObject({ status: 400 });
});

test('nobody reads or changes the quota of others, and a tenant that is not there has none', async () => {
  const { client, tenant } = await tenantWith({});
  expect(await client.getQuotaOf(tenant)).toMatchObject({ status: 403 });
  expect(await client.putQuota(tenant, { unlimited: true })).toMatchObject({ status: 403 });
  expect(await fixture.admin.getQuotaOf('nobody')).toMatchObject({ status: 404 });
});

test('end users have quotas of their own, from the policy of their tenant until an operator gives them another', async () => {
  const { client, tenant } = await tenantWith({});
  const user = 'ann/é #1';
  const runAs = (name: string) =>
    client.submit({ language: 'python', source: 'print(1)', user: name }, { waitSeconds: 25 });
  const userQuota = { executionsLimit: 1, executionSecondsLimit: 600 };
  expect(await fixture.admin.putPolicy(tenant, { userQuota })).toMatchObject({ ok: true });
  expect(await client.getQuota(user)).toMatchObject({ body: { executionsUsed: 0, ...userQuota } });

  expect(await runAs(user)).toMatchObject({ status: 200 });

  const refused = await runAs(user);
  const overOne = { code: 'quota_exceeded', of: 'user', limit: 'executions', used: 1, allowed: 1 };
  expect(refused).toMatchObject({ status: 429, problem: overOne });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_400);
  expect(await client.getQuota(user)).toMatchObject({ body: { executionsUsed: 1, concurrentUsed: 0 } });
  expect(await client.getQuota()).toMatchObject({ body: { executionsUsed: 1, executionsLimit: 1_000 } });
  expect(await runAs('another')).toMatchObject({ status: 200 });

  const raised = await fixture.admin.putQuotaOfUser(tenant, user, { executionsLimit: 2 });
  expect(raised).toMatchObject({ body: { executionsLimit: 2, executionSecondsLimit: 600 } });
  expect(await runAs(user)).toMatchObject({ status: 200 });
  expect(await fixture.admin.getQuotaOfUser(tenant, user)).toMatchObject({ body: { executionsUsed: 2 } });
});

test('a user may get a quota before the first execution; nobody else reads or changes it', async () => {
  const { client, tenant } = await tenantWith({});
  expect(await fixture.admin.putQuotaOfUser(tenant, 'ben', { executionsLimit: 0 })).toMatchObject({
    body: { executionsLimit: 0, executionsUsed: 0 },
  });

  const submitted = await client.submit({ language: 'python', source: 'print(1)', user: 'ben' });

  expect(submitted).toMatchObject({ status: 429, problem: { of: 'user', allowed: 0 } });
  expect(await client.getQuotaOfUser(tenant, 'ben')).toMatchObject({ status: 403 });
  expect(await client.putQuotaOfUser(tenant, 'ben', { unlimited: true })).toMatchObject({ status: 403 });
  expect(await fixture.admin.getQuotaOfUser('nobody', 'ben')).toMatchObject({ status: 404 });
  expect(await fixture.admin.getQuotaOfUser(tenant, 'x'.repeat(129))).toMatchObject({ status: 404 });
  expect(await fixture.admin.putQuotaOfUser(tenant, 'ben', { executionsLimit: -1 })).toMatchObject({
    status: 400,
  });
});

test('a key that is revoked while its execution runs takes nothing from it: it ends, and is charged', async () => {
  const { client, tenant } = await tenantWith({});
  const created = await fixture.admin.createKey({ tenant, scopes: ['execute'] });
  if (!created.ok) throw new Error(JSON.stringify(created.problem));
  const source = 'import time\ntime.sleep(1)\nprint(1)';
  const submitted = await fixture.clientOf(created.body.key).submit({ language: 'python', source });
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.problem));

  expect(await fixture.admin.deleteKey(created.body.id)).toMatchObject({ status: 204 });

  expect(await client.get(submitted.body.id, { waitSeconds: 25 })).toMatchObject({
    body: { status: 'completed', stdout: '1\n' },
  });
  expect(await quotaOf(client)).toMatchObject({ executionsUsed: 1, concurrentUsed: 0 });
});
