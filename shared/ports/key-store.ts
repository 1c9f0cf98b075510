import type { KeyRecord } from '../contract/api-key.ts';

/** API keys by id. */
export interface KeyStore {
  /** Null for an unknown or revoked key. Strongly consistent. */
  find(id: string): Promise<KeyRecord | null>;
  /** Throws `conflict` when the id exists. */
  create(record: KeyRecord): Promise<void>;
  /** All keys by id, in pages; `next` is null at the end. */
  list(after: string | null, limit: number): Promise<{ items: KeyRecord[]; next: string | null }>;
  /** False when there is no such key. */
  revoke(id: string): Promise<boolean>;
}
