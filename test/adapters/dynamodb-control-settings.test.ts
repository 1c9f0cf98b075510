import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDynamoControlSettings } from '../../shared/adapters/dynamodb-control-settings.ts';
import { controlTable } from '../../shared/contract/tables.ts';
import { defaultOperatorSettings } from '../../shared/domain/operator-settings.ts';
import { defaultTenantPolicy } from '../../shared/domain/policy.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';

const { kinds, currentSettings } = controlTable;
let nowMs = 1_000_000;
let tables: LocalTables;
let control: ControlSettings;

beforeEach(async () => {
  tables = await startLocalTables();
  control = createDynamoControlSettings({
    client: tables.client,
    table: 'control',
    clock: () => new Date(nowMs),
  });
});

afterEach(() => tables.close());

async function write(recordKind: string, recordId: string, record: object): Promise<void> {
  const change = { version: 1, changedAt: '2026-03-01T00:00:00.000Z', changedBy: 'key-1' };
  const Item = marshall({ recordKind, recordId, value: record, ...change });
  await tables.client.send(new PutItemCommand({ TableName: 'control', Item }));
}

test('what nobody has written is at its default', async () => {
  expect(await control.read('acme')).toEqual({
    settings: defaultOperatorSettings,
    policy: { ...defaultTenantPolicy, version: 0 },
  });
});

test('what was written is in force within ten seconds, and not asked for at every request', async () => {
  await control.read('acme');
  const settings = {
    ...defaultOperatorSettings,
    disabledBackends: ['wasm'],
    weights: { e2b: 90, gvisor: 10 },
  };
  await write(kinds.settings, currentSettings, settings);

  nowMs += 1_000;
  expect((await control.read('acme')).settings).toEqual(defaultOperatorSettings);
  nowMs += 9_000;
  expect((await control.read('acme')).settings).toEqual(settings);
});

test("a tenant's policy is the tenant's own", async () => {
  await write(kinds.policy, 'acme', { ...defaultTenantPolicy, backends: ['gvisor'] });

  expect((await control.read('acme')).policy).toEqual({
    ...defaultTenantPolicy,
    backends: ['gvisor'],
    version: 1,
  });
  expect((await control.read('other')).policy).toEqual({ ...defaultTenantPolicy, version: 0 });
});

test('a policy that was written before a field was there has the default of that field', async () => {
  const { userQuota: _userQuota, retentionDays: _days, ...older } = defaultTenantPolicy;
  await write(kinds.policy, 'acme', { ...older, profile: 'strict' });

  expect((await control.read('acme')).policy).toEqual({
    ...defaultTenantPolicy,
    profile: 'strict',
    version: 1,
  });
});

test('settings that nobody can read are an error, not the default', async () => {
  await write(kinds.settings, currentSettings, { mode: 'party' });

  await expect(control.read('acme')).rejects.toThrow();
  await write(kinds.settings, currentSettings, defaultOperatorSettings);
  expect((await control.read('acme')).settings).toEqual(defaultOperatorSettings);
});
