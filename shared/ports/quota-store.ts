import type { Account, Quota } from '../domain/account.ts';
import type { AuditRecord } from '../domain/audit-record.ts';

export interface QuotaStore {
  /** Opens an account unless there is one of its name. Idempotent. */
  open(account: Account): Promise<void>;

  /**
   * Gives an account another quota, from now on and for the period that has begun; what is used and reserved stays.
   * Writes the audit record with it, or neither: false when the account's quota is not the one of `seen` any more.
   */
  change(seen: Account, quota: Quota, audit: AuditRecord): Promise<boolean>;
}
