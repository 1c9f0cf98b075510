import * as z from 'zod';

/** What a tenant, or one of its end users, may use in a period of `periodDays`, after which the counters start again. */
export const quotaSchema = z.strictObject({
  unlimited: z.boolean(),
  periodDays: z.int().positive(),
  executionsLimit: z.int().nonnegative(),
  executionMsLimit: z.int().nonnegative(),
  concurrentLimit: z.int().nonnegative(),
  /** Money in billionths of a dollar, so that sums stay exact. */
  costNanoUsdLimit: z.int().nonnegative(),
});
export type Quota = z.infer<typeof quotaSchema>;

/** A budget that nobody set: nine million dollars, near the largest sum that stays exact. */
export const noBudgetNanoUsd = 9e15;

/** The quota of a new tenant, and of its end users: 1,000 executions and an hour of execution time in 30 days. */
export const defaultQuota: Quota = {
  unlimited: false,
  periodDays: 30,
  executionsLimit: 1_000,
  executionMsLimit: 3_600_000,
  concurrentLimit: 50,
  costNanoUsdLimit: noBudgetNanoUsd,
};

/**
 * A tenant's line in the ledger, or an end user's. Time is also kept as what is left, because a condition of DynamoDB
 * can compare `executionMsLeft >= :reserved` but can't add a reservation to a used amount first. Between writes
 * `left + reserved + used = limit` holds, so usage that crosses a roll-over is counted once. Money is kept like time; what
 * a run really costs may be a little more than what was reserved for it.
 *
 *            executionMsLeft   executionMsReserved   executionMsUsed   executionsUsed   concurrentUsed
 *   reserve  - wall            + wall                                  + 1              + 1
 *   settle   + wall - used     - wall                + used                             - 1
 *   release  + wall            - wall                                  - 1              - 1
 *   roll     = limit - reserved                      = 0               = concurrent
 */
export const accountSchema = quotaSchema.extend({
  account: z.string(),
  periodStart: z.iso.datetime(),
  periodEnd: z.iso.datetime(),
  executionsUsed: z.int(),
  executionMsUsed: z.int(),
  executionMsReserved: z.int(),
  executionMsLeft: z.int(),
  costNanoUsdUsed: z.int(),
  costNanoUsdReserved: z.int(),
  costNanoUsdLeft: z.int(),
  concurrentUsed: z.int(),
});
export type Account = z.infer<typeof accountSchema>;

export type Refusal =
  | { kind: 'no_account' }
  | { kind: 'period_over'; account: Account }
  | {
      kind: 'over_limit';
      limit: 'executions' | 'executionSeconds' | 'concurrent' | 'costUsd';
      used: number;
      allowed: number;
      resetAt: string | null;
      /** Of the period; null for what has none. */
      windowSeconds: number | null;
    };

export function accountOfTenant(tenant: string): string {
  return `tenant#${tenant}`;
}

/** An end user's account. A tenant's name has no `#`, so whatever a user's name holds, no two users share one. */
export function accountOfUser(tenant: string, user: string): string {
  return `user#${tenant}#${user}`;
}

/** Whom an account belongs to. */
export type AccountOwner = 'tenant' | 'user';

/** The accounts that an execution is charged to, its tenant's first. */
export function accountsOf({
  tenant,
  user,
}: {
  tenant: string;
  user: string | null;
}): [owner: AccountOwner, account: string][] {
  return [
    ['tenant', accountOfTenant(tenant)],
    ...(user === null ? [] : [['user', accountOfUser(tenant, user)] satisfies [AccountOwner, string]]),
  ];
}

/** The line of the ledger that spreads the creation of sandboxes over time. */
export function accountOfCreations(backend: string): string {
  return `creations#${backend}`;
}

/** Why an execution was not admitted, and whose account said so. */
export type QuotaRefusal = Refusal & { of: AccountOwner };

/** The line of the ledger that counts the requests of an API key. */
export function accountOfKey(keyId: string): string {
  return `requests#${keyId}`;
}

/** A fresh account whose period starts at `now`. */
export function openAccount(account: string, quota: Quota, now: Date): Account {
  return {
    ...quota,
    account,
    ...periodFrom(now, quota.periodDays),
    executionsUsed: 0,
    executionMsUsed: 0,
    executionMsReserved: 0,
    executionMsLeft: quota.executionMsLimit,
    costNanoUsdUsed: 0,
    costNanoUsdReserved: 0,
    costNanoUsdLeft: quota.costNanoUsdLimit,
    concurrentUsed: 0,
  };
}

/** The period that begins at `start`, as ISO-8601 UTC borders. */
export function periodFrom(start: Date, periodDays: number): { periodStart: string; periodEnd: string } {
  const end = new Date(start.getTime() + periodDays * 86_400_000);
  return { periodStart: start.toISOString(), periodEnd: end.toISOString() };
}

/** An account whose period is over, as the first admission of the next one makes it; else the account as it is. */
export function currentAccount(account: Account, now: Date): Account {
  if (account.periodEnd > now.toISOString()) return account;
  return {
    ...account,
    ...periodFrom(now, account.periodDays),
    executionsUsed: account.concurrentUsed,
    executionMsUsed: 0,
    executionMsLeft: account.executionMsLimit - account.executionMsReserved,
    costNanoUsdUsed: 0,
    costNanoUsdLeft: account.costNanoUsdLimit - account.costNanoUsdReserved,
  };
}

/** What an execution may use at most. */
export interface Reservation {
  executionMs: number;
  costNanoUsd: number;
}

/** Says why a reservation was refused, from the account as the refusing write saw it. Null: it should have fitted. */
export function explainRefusal(
  account: Account | null,
  { executionMs, costNanoUsd }: Reservation,
  now: Date,
): Refusal | null {
  if (account === null) return { kind: 'no_account' };
  if (account.periodEnd <= now.toISOString()) return { kind: 'period_over', account };
  if (account.unlimited) return null;
  const period = { resetAt: account.periodEnd, windowSeconds: account.periodDays * 86_400 };
  if (account.executionsUsed >= account.executionsLimit) {
    return {
      kind: 'over_limit',
      limit: 'executions',
      used: account.executionsUsed,
      allowed: account.executionsLimit,
      ...period,
    };
  }
  if (account.executionMsLeft < executionMs) {
    return {
      kind: 'over_limit',
      limit: 'executionSeconds',
      used: (account.executionMsLimit - account.executionMsLeft) / 1000,
      allowed: account.executionMsLimit / 1000,
      ...period,
    };
  }
  if (account.costNanoUsdLeft < costNanoUsd) {
    return {
      kind: 'over_limit',
      limit: 'costUsd',
      used: toUsd(account.costNanoUsdLimit - account.costNanoUsdLeft),
      allowed: toUsd(account.costNanoUsdLimit),
      ...period,
    };
  }
  if (account.concurrentUsed >= account.concurrentLimit) {
    return {
      kind: 'over_limit',
      limit: 'concurrent',
      used: account.concurrentUsed,
      allowed: account.concurrentLimit,
      ...{ resetAt: null, windowSeconds: null },
    };
  }
  return null;
}

/** Milliseconds charged for a run: what it used, never more than it reserved. */
export function chargedMs(wallTimeMs: number, reservedMs: number): number {
  return Math.min(Math.ceil(wallTimeMs), reservedMs);
}

export function toUsd(nanoUsd: number): number {
  return nanoUsd / 1e9;
}

/** Rounded up: no run is free. */
export function toNanoUsd(usd: number): number {
  return Math.ceil(Math.round(usd * 1e12) / 1e3);
}
