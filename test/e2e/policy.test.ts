import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import { defaultTenantPolicy, type TenantPolicy } from '../../shared/domain/policy.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end(), 60_000);

let tenants = 0;

/** A tenant that nobody has sent a request of before, so that its policy is not remembered from then. */
async function tenantWith(policy: Partial<TenantPolicy>): Promise<CordonClient> {
  const tenant = `tenant-${++tenants}`;
  const client = fixture.clientOf(await fixture.createKey(tenant));
  const answer = await fixture.admin.putPolicy(tenant, policy);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return client;
}

test('a policy is read, changed in part and counted', async () => {
  await fixture.createKey('reader');

  const before = await fixture.admin.getPolicy('reader');
  const changed = await fixture.admin.putPolicy('reader', { denyModules: ['numpy'] });

  expect(before).toMatchObject({
    status: 200,
    body: { ...defaultTenantPolicy, version: 0, changedBy: null },
  });
  const expected = { ...defaultTenantPolicy, denyModules: ['numpy'], version: 1 };
  expect(changed).toMatchObject({ status: 200, body: expected });
  expect(await fixture.admin.getPolicy('reader')).toMatchObject({ status: 200, body: expected });
});

test('an execution carries the version that it was admitted under', async () => {
  const client = await tenantWith({ redaction: { off: [], contacts: false } });
  expect(await client.submit({ language: 'python', source: 'print(1)' })).toMatchObject({
    body: { policyVersion: 1 },
  });
});

test('a language that is not allowed is denied, with the ones that are', async () => {
  const client = await tenantWith({ languages: ['python', 'typescript'] });

  expect(await client.submit({ language: 'javascript', source: '1' })).toMatchObject({
    status: 422,
    problem: {
      code: 'policy_denied',
      violations: [
        { rule: 'language', severity: 'high', hint: 'Write the program in python or typescript.' },
      ],
    },
  });
  expect(await client.submit({ language: 'python', source: '1' })).toMatchObject({ ok: true });
});

test('ceilings bound what a request asks for, and what it gets without asking', async () => {
  const client = await tenantWith({ limits: { wallTimeMs: 5_000, memoryMiB: 128 } });
  const submit = (limits: { wallTimeMs?: number }) =>
    client.submit({ language: 'python', source: 'print(1)', limits });

  expect(await submit({ wallTimeMs: 5_001 })).toMatchObject({
    status: 400,
    problem: { code: 'invalid_request', errors: [{ pointer: '#/limits/wallTimeMs' }] },
  });
  expect(await submit({})).toMatchObject({
    body: { limits: { wallTimeMs: 5_000, memoryMiB: 128, cpuTimeMs: 30_000 } },
  });
});

test('kinds of secrets can be left in, contacts taken out, and marked values never left in', async () => {
  const client = await tenantWith({ redaction: { off: ['payment-card'], contacts: true } });

  const answer = await client.submit(
    {
      language: 'python',
      source: 'import os\nprint("4111 1111", "1111 1111", "ada@example.com", os.environ["TOKEN"])',
      secrets: { TOKEN: 'a value of no service' },
    },
    { waitSeconds: 25 },
  );

  expect(answer).toMatchObject({
    body: { stdout: '4111 1111 1111 1111 [REDACTED:email] [REDACTED:marked-secret]\n' },
  });
});

test('a tenant that is not there has no policy', async () => {
  for (const tenant of ['nobody', 'Not A Name', '..']) {
    expect(await fixture.admin.getPolicy(tenant)).toMatchObject({
      status: 404,
      problem: { code: 'not_found' },
    });
    expect(await fixture.admin.putPolicy(tenant, {})).toMatchObject({ status: 404 });
  }
});

test.each([
  ['an unknown profile', { profile: 'lax' }],
  ['an unknown severity', { denyAt: 'never' }],
  ['no language at all', { languages: [] }],
  ['a backend twice', { backends: ['wasm', 'wasm'] }],
  ['a negative ceiling', { limits: { wallTimeMs: -1 } }],
  ['a ceiling above the service’s', { limits: { wallTimeMs: 10 ** 9 } }],
  ['a module that is no name', { allowModules: ['../os'] }],
  ['an unknown field', { version: 7 }],
])('%s is refused', async (_, fields) => {
  await fixture.createKey('reader');
  const answer = await fixture.admin.putPolicy('reader', fields as Partial<TenantPolicy>);
  expect(answer).toMatchObject({ status: 400, problem: { code: 'invalid_request' } });
});

test('a key without the scope admin reads and changes no policy', async () => {
  const client = await tenantWith({});
  expect(await client.getPolicy('reader')).toMatchObject({ status: 403 });
  expect(await client.putPolicy('reader', {})).toMatchObject({ status: 403 });
});

test('executions are kept for as long as the policy says when they are admitted', async () => {
  const client = await tenantWith({ retentionDays: 7 });
  const answer = await client.submit({ language: 'python', source: 'print(1)' });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  const { createdAt, expiresAt } = answer.body;
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 86_400_000);
});

test.each([
  { retentionDays: 0 },
  { retentionDays: -1 },
  { retentionDays: 29 },
  { retentionDays: 1e9 },
  { userQuota: { executionsLimit: -1 } },
  { userQuota: { executionSecondsLimit: 1e18 } },
  { userQuota: { executionsUsed: 0 } },
])('a policy of %j is refused', async (fields) => {
  await fixture.createKey('refused');
  const answer = await fixture.admin.putPolicy('refused', fields as Partial<TenantPolicy>);
  expect(answer).toMatchObject({ status: 400, problem: { code: 'invalid_request' } });
});
