import type { Quota } from '../domain/account.ts';
import type { AccountReader } from './account-reader.ts';

/** Tenants and their accounts. */
export interface TenantStore extends AccountReader {
  /** Creates the tenant with this quota unless it exists. Idempotent. */
  ensure(tenant: string, quota: Quota, now: Date): Promise<void>;
}
