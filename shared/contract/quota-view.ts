import * as z from 'zod';
import {
  type Account,
  currentAccount,
  noBudgetNanoUsd,
  type Quota,
  toNanoUsd,
  toUsd,
} from '../domain/account.ts';
import { definedOnly } from '../domain/defined-only.ts';

/** Far above what anybody uses, and small enough for every sum to stay exact. */
const most = { executions: 1e9, seconds: 1e9, concurrent: 100_000, usd: 1e6, days: 366 } as const;

/** Body of `PUT /v1/admin/tenants/{tenant}/quota`. Fields that are left out keep their value. */
export const quotaRequestSchema = z
  .strictObject({
    unlimited: z.boolean(),
    periodDays: z.int().min(1).max(most.days),
    executionsLimit: z.int().min(0).max(most.executions),
    executionSecondsLimit: z.number().min(0).max(most.seconds),
    concurrentLimit: z.int().min(0).max(most.concurrent),
    /** Null for no budget. */
    costUsdLimit: z.number().min(0).max(most.usd).nullable(),
  })
  .partial();
export type QuotaRequest = z.infer<typeof quotaRequestSchema>;

/** What a tenant has used of its quota in the period that is now. */
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

/** The quota with the changes of a request. */
export function changeQuota(quota: Quota, request: QuotaRequest): Quota {
  const { executionSecondsLimit, costUsdLimit, ...rest } = definedOnly(request);
  return {
    ...quota,
    ...rest,
    ...(executionSecondsLimit !== undefined && {
      executionMsLimit: Math.round(executionSecondsLimit * 1000),
    }),
    ...(costUsdLimit !== undefined && {
      costNanoUsdLimit: costUsdLimit === null ? noBudgetNanoUsd : toNanoUsd(costUsdLimit),
    }),
  };
}
