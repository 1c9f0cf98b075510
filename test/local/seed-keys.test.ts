import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KeyPorts } from '../../functions/admin/store-key.ts';
import { seedKeys } from '../../local/seed-keys.ts';
import { StartError } from '../../local/start-error.ts';
import {
  formatKey,
  generateKey,
  type KeyRecord,
  parseKey,
  secretMatches,
} from '../../shared/contract/api-key.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';

let tables: LocalTables;
let data: string;
let ports: KeyPorts;

beforeEach(async () => {
  tables = await startLocalTables();
  ports = { keys: tables.keys, tenants: tables.tenants, clock: () => new Date() };
  data = await mkdtemp(join(tmpdir(), 'cordon-keys-'));
});

afterEach(async () => {
  await tables.close();
  await rm(data, { recursive: true });
});

/** The record that this key opens, or null for a key that doesn't work. */
async function recordOf(key: string): Promise<KeyRecord | null> {
  const parts = parseKey(key);
  const record = parts && (await ports.keys.find(parts.id));
  return record && secretMatches(parts.secret, record.secretHash) ? record : null;
}

test('an admin key and an execute key of the unlimited tenant `local` are made', async () => {
  const keys = await seedKeys(ports, data, undefined);

  expect(await recordOf(keys.admin)).toMatchObject({
    tenant: 'local',
    scopes: ['execute', 'read', 'admin'],
  });
  expect(await recordOf(keys.execute)).toMatchObject({ tenant: 'local', scopes: ['execute', 'read'] });
  expect(await tables.account('local')).toMatchObject({ unlimited: true });
});

test('the keys survive a restart, in a file for the owner only', async () => {
  const first = await seedKeys(ports, data, undefined);
  const second = await seedKeys(ports, data, undefined);

  expect(second).toEqual(first);
  const { mode } = await stat(join(data, 'keys.json'));
  expect(mode & 0o777).toBe(0o600);
});

test('keys whose table is gone are stored again', async () => {
  const keys = await seedKeys(ports, data, undefined);
  await ports.keys.revoke(parseKey(keys.execute)?.id ?? '');

  await seedKeys(ports, data, undefined);

  expect(await recordOf(keys.execute)).not.toBeNull();
});

test('a given admin key replaces the one before, which stops', async () => {
  const before = await seedKeys(ports, data, undefined);
  const adminKey = formatKey(generateKey());

  const after = await seedKeys(ports, data, adminKey);

  expect(after).toEqual({ admin: adminKey, execute: before.execute });
  expect(await recordOf(adminKey)).toMatchObject({ scopes: ['execute', 'read', 'admin'] });
  expect(await recordOf(before.admin)).toBeNull();
  expect(await recordOf(before.execute)).not.toBeNull();
  expect(await seedKeys(ports, data, undefined)).toEqual(after);
});

test('a given admin key with the id of the one before replaces its secret', async () => {
  const { id } = generateKey();
  const [first, second] = [formatKey({ ...generateKey(), id }), formatKey({ ...generateKey(), id })];
  await seedKeys(ports, data, first);

  await seedKeys(ports, data, second);

  expect(await recordOf(first)).toBeNull();
  expect(await recordOf(second)).not.toBeNull();
});

test.each([
  'bad',
  'cordon_id',
  'cordon_id_short',
  `cordon_id_${'s'.repeat(129)}`,
  `cordon_i d_${'s'.repeat(32)}`,
])('the admin key %s is refused, and nothing changes', async (adminKey) => {
  const before = await seedKeys(ports, data, undefined);

  const refused = seedKeys(ports, data, adminKey);

  await expect(refused).rejects.toThrow(StartError);
  await expect(refused).rejects.toThrow(/^CORDON_ADMIN_KEY must look like/);
  expect(await seedKeys(ports, data, undefined)).toEqual(before);
  expect(await recordOf(before.admin)).not.toBeNull();
});

test('a file that holds no keys is named, and left as it is', async () => {
  const file = join(data, 'keys.json');
  await writeFile(file, '{"admin": "bad"}');

  await expect(seedKeys(ports, data, undefined)).rejects.toThrow(`${file} can't be read as keys`);

  expect(await readFile(file, 'utf8')).toBe('{"admin": "bad"}');
});

test('without a data directory every start has keys of its own', async () => {
  const first = await seedKeys(ports, null, undefined);
  const second = await seedKeys(ports, null, undefined);

  expect(second).not.toEqual(first);
});
