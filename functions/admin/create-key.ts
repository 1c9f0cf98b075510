import {
  type CreateKeyRequest,
  formatKey,
  generateKey,
  hashSecret,
  type KeyView,
} from '../../shared/contract/api-key.ts';
import { defaultQuota } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { KeyStore } from '../../shared/ports/key-store.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';

export interface AdminPorts {
  keys: KeyStore;
  tenants: TenantStore;
  clock: Clock;
}

/** Creates a key, and its tenant when that is new. The answer is the only place where the key is ever shown. */
export async function createKey(
  ports: AdminPorts,
  request: CreateKeyRequest,
): Promise<KeyView & { key: string }> {
  const now = ports.clock();
  if (request.expiresAt !== undefined && Date.parse(request.expiresAt) <= now.getTime()) {
    throw new CordonError('invalid_request', 'expiresAt: must be in the future');
  }
  await ports.tenants.ensure(request.tenant, defaultQuota, now);

  const parts = generateKey();
  const view: KeyView = {
    id: parts.id,
    tenant: request.tenant,
    scopes: request.scopes,
    label: request.label ?? null,
    createdAt: now.toISOString(),
    expiresAt: request.expiresAt === undefined ? null : new Date(request.expiresAt).toISOString(),
  };
  await ports.keys.create({ ...view, secretHash: hashSecret(parts.secret) });
  return { ...view, key: formatKey(parts) };
}
