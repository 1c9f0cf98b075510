import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { createKey } from '../../../functions/admin/create-key.ts';
import { authorizeKey } from '../../../functions/authorize/authorize-key.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const admin = { tenant: 'operators', keyId: 'key-1', scopes: ['admin'] as const };
let tables: LocalTables;
let key: string;
let keyId: string;

beforeAll(async () => {
  tables = await startLocalTables(() => now);
  const ports = { keys: tables.keys, tenants: tables.tenants, clock: () => now, newId: () => ulid() };
  const created = await createKey(ports, admin, {
    tenant: 'acme',
    scopes: ['execute', 'read'],
    expiresAt: '2026-04-01T00:00:00Z',
  });
  key = created.key;
  keyId = created.id;
});

const auditQuery = new QueryCommand({
  TableName: 'control',
  KeyConditionExpression: 'recordKind = :audit',
  ExpressionAttributeValues: { ':audit': { S: 'audit' } },
});

afterAll(() => tables.close());

test('a key proves its tenant and scopes', async () => {
  const caller = { tenant: 'acme', keyId, scopes: ['execute', 'read'] };
  expect(await authorizeKey(tables.keys, `Bearer ${key}`, now)).toEqual(caller);
  expect(await authorizeKey(tables.keys, `bearer  ${key}`, now)).toEqual(caller);
});

test('the secret is not stored', async () => {
  const record = await tables.keys.find(keyId);
  expect(JSON.stringify(record)).not.toContain(key.split('_')[2]);
});

const wrong: [string, (key: string) => string][] = [
  ['nothing', () => ''],
  ['another scheme', (known) => `Basic ${known}`],
  ['no scheme', (known) => known],
  ['no key', () => 'Bearer '],
  ['a cut key', (known) => `Bearer ${known.slice(0, -1)}`],
  ['another secret', (known) => `Bearer ${known.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`],
  ['another id', (known) => `Bearer cordon_ffffffffffffffff_${known.split('_')[2]}`],
  ['two keys', (known) => `Bearer ${known} ${known}`],
  ['another form', () => 'Bearer cordon_a_b'],
];

test.each(wrong)('%s proves nobody', async (_, header) => {
  expect(await authorizeKey(tables.keys, header(key), now)).toBeNull();
});

test('an expired key proves nobody', async () => {
  expect(await authorizeKey(tables.keys, `Bearer ${key}`, new Date('2026-04-01T00:00:00Z'))).toBeNull();
});

test('keys are listed in pages without their hashes being lost, and revoked once', async () => {
  const ports = { keys: tables.keys, tenants: tables.tenants, clock: () => now, newId: () => ulid() };
  for (let index = 0; index < 5; index += 1)
    await createKey(ports, admin, { tenant: `t${index}`, scopes: ['read'] });

  const first = await tables.keys.list(null, 4);
  const second = await tables.keys.list(first.next, 4);

  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(6);
  expect(second.next).toBeNull();
  const { Items: created = [] } = await tables.client.send(auditQuery);
  expect(created).toHaveLength(6);
  expect(JSON.stringify(created)).not.toMatch(new RegExp(`secretHash|${key.split('_')[2]}`));
  expect(await tables.keys.revoke(keyId)).toBe(true);
  expect(await tables.keys.revoke(keyId)).toBe(false);
  expect(await authorizeKey(tables.keys, `Bearer ${key}`, now)).toBeNull();
});

test('an expiry in the past is refused', async () => {
  const ports = { keys: tables.keys, tenants: tables.tenants, clock: () => now, newId: () => ulid() };
  await expect(
    createKey(ports, admin, { tenant: 'acme', scopes: ['read'], expiresAt: '2026-02-01T00:00:00Z' }),
  ).rejects.toMatchObject({ code: 'invalid_request' });
});
