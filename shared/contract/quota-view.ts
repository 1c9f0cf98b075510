import * as z from 'zod';
import { type Account, currentAccount, noBudgetNanoUsd, toUsd } from '../domain/account.ts';
import { text } from './field-schemas.ts';

/** An end user of a tenant, by the tenant's own name for them. */
export const userSchema = text().min(1).max(128);

/** Query of `GET /v1/quota`. */
export const quotaQuerySchema = z.strictObject({ user: userSchema.optional() });

/** What a tenant, or an end user, has used of its quota in the period that is now. */
export const quotaViewSchema = z.strictObject({
  periodStart: z.iso.datetime(),
  periodEnd: z.iso.datetime(),
  periodDays: z.int(),
  executionsUsed: z.int(),
  executionsLimit: z.int(),
  /** Of executions that are over; those that run or wait hold their wall time limit besides. */
  executionSecondsUsed: z.number(),
  executionSecondsLimit: z.number(),
  concurrentUsed: z.int(),
  concurrentLimit: z.int(),
  costUsd: z.number(),
  costUsdLimit: z.number().nullable(),
  unlimited: z.boolean(),
});
export type QuotaView = z.infer<typeof quotaViewSchema>;

export function presentQuota(stored: Account, now: Date): QuotaView {
  const account = currentAccount(stored, now);
  const { periodStart, periodEnd, periodDays, unlimited } = account;
  const { executionsUsed, executionsLimit, concurrentUsed, concurrentLimit } = account;
  return {
    ...{ periodStart, periodEnd, periodDays },
    ...{ executionsUsed, executionsLimit },
    executionSecondsUsed: account.executionMsUsed / 1000,
    executionSecondsLimit: account.executionMsLimit / 1000,
    ...{ concurrentUsed, concurrentLimit },
    costUsd: toUsd(account.costNanoUsdUsed),
    costUsdLimit: account.costNanoUsdLimit === noBudgetNanoUsd ? null : toUsd(account.costNanoUsdLimit),
    unlimited,
  };
}
