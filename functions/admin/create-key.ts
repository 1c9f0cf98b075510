import {
  type CreateKeyRequest,
  formatKey,
  generateKey,
  type KeyView,
} from '../../shared/contract/api-key.ts';
import { defaultQuota } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { type KeyPorts, storeKey } from './store-key.ts';

/** Creates a key as an admin asked for it. The answer is the only place where the key is ever shown. */
export async function createKey(
  ports: KeyPorts,
  { tenant, scopes, label, expiresAt }: CreateKeyRequest,
): Promise<KeyView & { key: string }> {
  if (expiresAt !== undefined && Date.parse(expiresAt) <= ports.clock().getTime()) {
    throw new CordonError('invalid_request', 'expiresAt: must be in the future');
  }
  const parts = generateKey();
  const grant = {
    tenant,
    scopes,
    label: label ?? null,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
  };
  return { ...(await storeKey(ports, parts, grant, defaultQuota)), key: formatKey(parts) };
}
