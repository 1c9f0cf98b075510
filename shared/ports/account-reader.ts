import type { Account } from '../domain/account.ts';

export interface AccountReader {
  /**
   * A tenant's account, or that of one of its end users. Null for an unknown tenant, and for a user who has neither sent
   * a request nor been given a quota. Strongly consistent.
   */
  find(tenant: string, user?: string): Promise<Account | null>;
}
