import * as z from 'zod';
import { noBudgetNanoUsd, type Quota, toNanoUsd } from './account.ts';
import { definedOnly } from './defined-only.ts';

/** Far above what anybody uses, and small enough for every sum to stay exact. */
const most = { executions: 1e9, seconds: 1e9, concurrent: 100_000, usd: 1e6, days: 366 } as const;

/** Some fields of a quota as operators write them; those that are left out keep their value. */
export const quotaChangeSchema = z
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
export type QuotaChange = z.infer<typeof quotaChangeSchema>;

/** The quota with the changes. */
export function changeQuota(quota: Quota, change: QuotaChange): Quota {
  const { executionSecondsLimit, costUsdLimit, ...rest } = definedOnly(change);
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
