import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { createKeyUse } from '../../../functions/authorize/record-key-use.ts';
import { createDynamoAuditLog } from '../../../shared/adapters/dynamodb-audit-log.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';

const now = new Date('2026-03-01T10:20:00.000Z');
const caller = { tenant: 'acme', keyId: 'key-1', scopes: ['execute'] as const };
let tables: LocalTables;

beforeAll(async () => {
  tables = await startLocalTables(() => now);
});
afterAll(() => tables.close());

/** Of one instance of the authorizer. */
const instance = (lost: unknown[] = []) =>
  createKeyUse(createDynamoAuditLog({ client: tables.client, table: 'control' }), (error) =>
    lost.push(error),
  );

async function usesOf(tenant: string) {
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: 'control',
      KeyConditionExpression: 'recordKind = :audit',
      ExpressionAttributeValues: marshall({ ':audit': `audit#${tenant}` }),
    }),
  );
  return Items.map((item) => unmarshall(item));
}

const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test('a key leaves one record an hour, whoever sees it how often', async () => {
  const lost: unknown[] = [];
  const [first, second] = [instance(lost), instance(lost)];

  await Promise.all([first(caller, now), second(caller, later(1)), first(caller, later(2))]);
  await second(caller, later(39));
  await first({ ...caller, keyId: 'key-2' }, later(3));
  await first(caller, later(40));

  const uses = await usesOf('acme');
  const named = uses.map(({ action, keyId, tenant, subject }) => ({ action, keyId, tenant, subject }));
  const use = (keyId: string) => ({ action: 'key.use', keyId, tenant: 'acme', subject: keyId });
  expect(named).toEqual([use('key-1'), use('key-2'), use('key-1')]);
  expect(uses.at(-1)?.at).toBe(later(40).toISOString());
  expect(uses[0]?.expiresAtSeconds).toBeGreaterThan(now.getTime() / 1000 + 366 * 86_400);
  expect(lost).toEqual([]);
  // Beside refusals, whose ids are ULIDs.
  expect(uses[0]?.id < ulid(now.getTime())).toBe(true);
  expect(uses[2]?.id > ulid(now.getTime())).toBe(true);
});

test('a record that can not be written fails nothing, and is tried again', async () => {
  const lost: unknown[] = [];
  let tries = 0;
  const append = () => {
    tries += 1;
    return Promise.reject(new Error('down'));
  };
  const recordUse = createKeyUse({ append }, (error) => lost.push(error));

  await recordUse(caller, now);
  await recordUse(caller, now);

  expect([tries, lost.length]).toEqual([2, 2]);
});

test('a record that takes too long is not waited for', async () => {
  const recordUse = createKeyUse({ append: () => new Promise(() => {}) }, () => {});
  await recordUse(caller, now);
});
