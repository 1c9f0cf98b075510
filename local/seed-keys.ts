import { type KeyPorts, storeKey } from '../functions/admin/store-key.ts';
import { formatKey, generateKey, hashSecret, type KeyParts, parseKey } from '../shared/contract/api-key.ts';
import { defaultQuota } from '../shared/domain/account.ts';
import type { Scope } from '../shared/domain/caller.ts';
import { type LocalKeys, readLocalKeys, writeLocalKeys } from './local-keys.ts';
import { StartError } from './start-error.ts';

const tenant = 'local';
/** Whoever runs the service is not kept from loading it. */
const throttle = { burst: 100_000, ratePerSecond: 100_000 };
const scopesOf: Record<keyof LocalKeys, Scope[]> = {
  admin: ['execute', 'read', 'admin'],
  execute: ['execute', 'read'],
};

/**
 * Makes sure that the tenant `local`, which is unlimited, has an admin key and an execute key. Keys survive a
 * restart; `adminKey`, when given, replaces the admin key, which stops. `dataDirectory` null: nothing is kept.
 * Throws a StartError when `adminKey` doesn't have the form of a key.
 */
export async function seedKeys(
  ports: KeyPorts,
  dataDirectory: string | null,
  adminKey: string | undefined,
): Promise<LocalKeys> {
  const stored = dataDirectory === null ? null : await readLocalKeys(dataDirectory);
  const keys: LocalKeys = {
    admin: adminKey ?? stored?.admin ?? formatKey(generateKey()),
    execute: stored?.execute ?? formatKey(generateKey()),
  };
  const parts = { admin: partsOf(keys.admin), execute: partsOf(keys.execute) };
  if (stored !== null && stored.admin !== keys.admin) await ports.keys.revoke(partsOf(stored.admin).id);
  await ensureKey(ports, 'admin', parts.admin);
  await ensureKey(ports, 'execute', parts.execute);
  if (dataDirectory !== null) await writeLocalKeys(dataDirectory, keys);
  return keys;
}

async function ensureKey(ports: KeyPorts, name: keyof LocalKeys, parts: KeyParts): Promise<void> {
  const known = await ports.keys.find(parts.id);
  if (known?.secretHash === hashSecret(parts.secret)) return;
  if (known !== null) await ports.keys.revoke(parts.id);
  const grant = { tenant, scopes: scopesOf[name], label: `local ${name} key`, expiresAt: null, throttle };
  await storeKey(ports, parts, grant, { ...defaultQuota, unlimited: true });
}

function partsOf(key: string): KeyParts {
  const parts = parseKey(key);
  if (parts === null) {
    throw new StartError(
      'CORDON_ADMIN_KEY must look like cordon_<id>_<secret>: an id of letters, digits and hyphens, ' +
        'and a secret of 16 to 128 letters, digits, hyphens and underscores.',
    );
  }
  return parts;
}
