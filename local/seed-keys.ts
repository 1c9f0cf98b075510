import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type KeyPorts, storeKey } from '../functions/admin/store-key.ts';
import { formatKey, generateKey, hashSecret, type KeyParts, parseKey } from '../shared/contract/api-key.ts';
import { defaultQuota } from '../shared/domain/account.ts';
import type { Scope } from '../shared/domain/caller.ts';
import { StartError } from './start-error.ts';

const localKeysSchema = z.object({ admin: z.string(), execute: z.string() });

/** The keys of the local tenant, as `keys.json` in the data directory holds them. */
export type LocalKeys = z.infer<typeof localKeysSchema>;

const tenant = 'local';
const scopesOf: Record<keyof LocalKeys, Scope[]> = {
  admin: ['execute', 'read', 'admin'],
  execute: ['execute', 'read'],
};

/**
 * Makes sure that the tenant `local`, which is unlimited, has an admin key and an execute key. Keys survive a
 * restart; `adminKey`, when given, replaces the admin key. `dataDirectory` null: nothing is kept.
 * Throws a StartError when `adminKey` doesn't have the form of a key.
 */
export async function seedKeys(
  ports: KeyPorts,
  dataDirectory: string | null,
  adminKey: string | undefined,
): Promise<LocalKeys> {
  const stored = await readKeys(dataDirectory);
  const keys: LocalKeys = {
    admin: adminKey ?? stored?.admin ?? formatKey(generateKey()),
    execute: stored?.execute ?? formatKey(generateKey()),
  };
  await ensureKey(ports, 'admin', keys.admin);
  await ensureKey(ports, 'execute', keys.execute);
  if (dataDirectory !== null) {
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(join(dataDirectory, 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  }
  return keys;
}

async function ensureKey(ports: KeyPorts, name: keyof LocalKeys, key: string): Promise<void> {
  const parts = parseParts(key);
  const known = await ports.keys.find(parts.id);
  if (known?.secretHash === hashSecret(parts.secret)) return;
  if (known !== null) await ports.keys.revoke(parts.id);
  const grant = { tenant, scopes: scopesOf[name], label: `local ${name} key`, expiresAt: null };
  await storeKey(ports, parts, grant, { ...defaultQuota, unlimited: true });
}

function parseParts(key: string): KeyParts {
  const parts = parseKey(key);
  if (parts === null) {
    throw new StartError(
      'CORDON_ADMIN_KEY must look like cordon_<id>_<secret>: an id of letters, digits and hyphens, ' +
        'and a secret of 16 to 128 letters, digits, hyphens and underscores.',
    );
  }
  return parts;
}

async function readKeys(dataDirectory: string | null): Promise<LocalKeys | null> {
  if (dataDirectory === null) return null;
  try {
    return localKeysSchema.parse(JSON.parse(await readFile(join(dataDirectory, 'keys.json'), 'utf8')));
  } catch {
    return null;
  }
}
