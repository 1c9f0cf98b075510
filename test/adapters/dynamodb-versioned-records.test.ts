import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { type ChangePorts, changeRecord } from '../../functions/admin/change-record.ts';
import { createDynamoControlSettings } from '../../shared/adapters/dynamodb-control-settings.ts';
import { createDynamoVersionedRecords } from '../../shared/adapters/dynamodb-versioned-records.ts';
import { controlTable } from '../../shared/contract/tables.ts';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import {
  defaultOperatorSettings,
  type OperatorSettings,
  operatorSettingsSchema,
} from '../../shared/domain/operator-settings.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const { kinds, currentSettings } = controlTable;
let tables: LocalTables;
let ports: ChangePorts<OperatorSettings>;

beforeEach(async () => {
  tables = await startLocalTables(() => now);
  ports = {
    records: createDynamoVersionedRecords({
      client: tables.client,
      table: 'control',
      kind: kinds.settings,
      schema: operatorSettingsSchema,
      initial: defaultOperatorSettings,
    }),
    clock: () => now,
    newId: () => ulid(),
  };
});

afterEach(() => tables.close());

function change(fields: Partial<OperatorSettings>, keyId = 'key-1') {
  const by = { tenant: 'operators', keyId, scopes: ['admin'] as const };
  const record = { recordId: currentSettings, action: 'settings.change', subject: 'settings' } as const;
  return changeRecord(ports, { ...record, fields, by });
}

async function readAudit(): Promise<(AuditRecord & { expiresAtSeconds: number })[]> {
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: 'control',
      KeyConditionExpression: 'recordKind = :audit',
      ExpressionAttributeValues: marshall({ ':audit': kinds.audit }),
    }),
  );
  return Items.map((item) => unmarshall(item) as AuditRecord & { expiresAtSeconds: number });
}

test('what nobody has written is the default, as version 0', async () => {
  expect(await ports.records.read(currentSettings)).toEqual({
    value: defaultOperatorSettings,
    version: 0,
    changedAt: null,
    changedBy: null,
  });
});

test('a change keeps the fields that it leaves out, and is what readers get', async () => {
  await change({ weights: { e2b: 90, gvisor: 10 } });
  const changed = await change({ mode: 'restricted' }, 'key-2');

  const value = { ...defaultOperatorSettings, mode: 'restricted', weights: { e2b: 90, gvisor: 10 } };
  expect(changed).toEqual({ value, version: 2, changedAt: now.toISOString(), changedBy: 'key-2' });
  expect(await ports.records.read(currentSettings)).toEqual(changed);
  const control = createDynamoControlSettings({ client: tables.client, table: 'control', clock: () => now });
  expect(await control.readSettings()).toEqual(changed);
  expect((await control.read('acme')).settings).toEqual(value);
});

test('every change leaves who, when, before and after for longer than a year', async () => {
  await change({ mode: 'maintenance', message: 'back at noon' });

  const [audit, ...others] = await readAudit();
  expect(others).toEqual([]);
  expect(audit).toMatchObject({
    at: now.toISOString(),
    action: 'settings.change',
    keyId: 'key-1',
    tenant: 'operators',
    before: defaultOperatorSettings,
    after: { ...defaultOperatorSettings, mode: 'maintenance', message: 'back at noon' },
  });
  expect(audit?.expiresAtSeconds).toBeGreaterThan(now.getTime() / 1000 + 366 * 86_400);
});

test('changes that race each other are all made, one after the other, each with its audit record', async () => {
  const names = ['a', 'b', 'c', 'd'];

  await Promise.all(names.map((message) => change({ message })));

  const audit = await readAudit();
  expect(await ports.records.read(currentSettings)).toMatchObject({ version: 4 });
  expect(audit.map(({ after }) => (after as OperatorSettings).message).sort()).toEqual(names);
  const seen = audit.map(({ before }) => (before as OperatorSettings).message);
  expect(new Set(seen).size).toBe(4);
});

test('a change on top of a version that is not the latest is not made, and leaves no audit record', async () => {
  const { records } = ports;
  const stale = {
    value: defaultOperatorSettings,
    version: 1,
    changedAt: now.toISOString(),
    changedBy: 'key-1',
  };
  await change({ mode: 'restricted' });
  const audit = await readAudit();

  const record = { ...audit[0], id: ulid() } as AuditRecord & { [extra: string]: unknown };
  const { recordKind: _kind, recordId: _id, expiresAtSeconds: _expiry, ...clean } = record;
  expect(await records.replace(currentSettings, stale, clean as unknown as AuditRecord)).toBe(false);

  expect(await readAudit()).toEqual(audit);
  expect((await records.read(currentSettings)).value.mode).toBe('restricted');
});
