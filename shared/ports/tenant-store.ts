import type { Quota } from '../domain/account.ts';

/** Tenants and their accounts. */
export interface TenantStore {
  /** Creates the tenant with this quota unless it exists. Idempotent. */
  ensure(tenant: string, quota: Quota, now: Date): Promise<void>;
  /** Strongly consistent. */
  exists(tenant: string): Promise<boolean>;
}
