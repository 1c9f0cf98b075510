import { hashSecret, type KeyParts, type KeyView } from '../../shared/contract/api-key.ts';
import type { Quota } from '../../shared/domain/account.ts';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { KeyStore } from '../../shared/ports/key-store.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';

export interface KeyPorts {
  keys: KeyStore;
  tenants: TenantStore;
  clock: Clock;
}

/** Stores a key, and its tenant with this quota when that is new. Throws `conflict` when the id exists. */
export async function storeKey(
  ports: KeyPorts,
  parts: KeyParts,
  grant: Pick<KeyView, 'tenant' | 'scopes' | 'label' | 'expiresAt' | 'throttle'>,
  quota: Quota,
  auditOf?: (view: KeyView) => AuditRecord,
): Promise<KeyView> {
  const now = ports.clock();
  await ports.tenants.ensure(grant.tenant, quota, now);
  const { tenant, scopes, label, expiresAt, throttle } = grant;
  const createdAt = now.toISOString();
  const view: KeyView = { id: parts.id, tenant, scopes, label, createdAt, expiresAt, throttle };
  await ports.keys.create({ ...view, secretHash: hashSecret(parts.secret) }, auditOf?.(view));
  return view;
}
