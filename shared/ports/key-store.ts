import type { KeyRecord } from '../contract/api-key.ts';
import type { AuditRecord } from '../domain/audit-record.ts';

/** API keys by id. */
export interface KeyStore {
  /** Null for an unknown or revoked key. Strongly consistent. */
  find(id: string): Promise<KeyRecord | null>;
  /** Writes the audit record with it, or neither. Throws `conflict` when the id exists. */
  create(record: KeyRecord, audit?: AuditRecord): Promise<void>;
  /** All keys by id, in pages; `next` is null at the end. */
  list(after: string | null, limit: number): Promise<{ items: KeyRecord[]; next: string | null }>;
  /** Writes the audit record with it, or neither. False when there is no such key. */
  revoke(id: string, audit?: AuditRecord): Promise<boolean>;
}
