import {
  type CreateKeyRequest,
  formatKey,
  generateKey,
  type KeyView,
} from '../../shared/contract/api-key.ts';
import { defaultQuota } from '../../shared/domain/account.ts';
import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { type KeyPorts, storeKey } from './store-key.ts';

export interface AuditedKeyPorts extends KeyPorts {
  /** A ULID for this moment. */
  newId: (now: Date) => string;
}

/** Creates a key as an admin asked for it. The answer is the only place where the key is ever shown. */
export async function createKey(
  ports: AuditedKeyPorts,
  by: Caller,
  { tenant, scopes, label, expiresAt, throttle }: CreateKeyRequest,
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
    throttle: throttle ?? null,
  };
  const auditOf = (view: KeyView) => keyAudit(ports, { action: 'key.create', by, view });
  return { ...(await storeKey(ports, parts, grant, defaultQuota, auditOf)), key: formatKey(parts) };
}

/** Says which key was created or revoked, for whom; never its secret, nor the secret's hash. */
export function keyAudit(
  { clock, newId }: AuditedKeyPorts,
  {
    action,
    by,
    view,
  }: { action: 'key.create' | 'key.revoke'; by: Caller; view: Partial<KeyView> & { id: string } },
): AuditRecord {
  const now = clock();
  const actor = { keyId: by.keyId, tenant: by.tenant };
  return { id: newId(now), at: now.toISOString(), action, ...actor, subject: view.id, after: view };
}
