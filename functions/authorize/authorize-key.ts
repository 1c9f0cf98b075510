import { parseKey, secretMatches } from '../../shared/contract/api-key.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import type { KeyStore } from '../../shared/ports/key-store.ts';

/** The caller that an `Authorization` header proves, or null. Revoked, expired and unknown keys look alike. */
export async function authorizeKey(keys: KeyStore, authorization: string, now: Date): Promise<Caller | null> {
  const [, key = ''] = /^bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  const parts = parseKey(key);
  if (parts === null) return null;
  const record = await keys.find(parts.id);
  if (record === null || !secretMatches(parts.secret, record.secretHash)) return null;
  if (record.expiresAt !== null && record.expiresAt <= now.toISOString()) return null;
  const { tenant, id, scopes, throttle } = record;
  return { tenant, keyId: id, scopes, ...(throttle !== null && { throttle }) };
}
