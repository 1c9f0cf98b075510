import type { Account } from '../domain/account.ts';

export interface AccountReader {
  /** Null for an unknown tenant. Strongly consistent. */
  find(tenant: string): Promise<Account | null>;
}
