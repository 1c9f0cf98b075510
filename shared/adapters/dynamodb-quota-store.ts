import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Account, periodFrom, type Quota, quotaSchema } from '../domain/account.ts';
import type { QuotaStore } from '../ports/quota-store.ts';
import { appendAudit } from './control-item.ts';
import { putNewAccount } from './put-new-account.ts';
import { writeTransaction } from './write-transaction.ts';

const quotaFields = Object.keys(quotaSchema.shape) as (keyof Quota)[];

export interface QuotaStoreOptions {
  client: DynamoDBClient;
  ledgerTable: string;
  /** For audit records. */
  controlTable: string;
}

/** Quotas in the ledger, beside the counters that they bound. */
export function createDynamoQuotaStore({ client, ledgerTable, controlTable }: QuotaStoreOptions): QuotaStore {
  return {
    open: (account) => putNewAccount(client, ledgerTable, account),

    async change(seen, quota, audit) {
      const reasons = await writeTransaction(client, [
        { Update: updateQuota(ledgerTable, seen, quota) },
        appendAudit(controlTable, audit),
      ]);
      return reasons === null;
    },
  };
}

/** What is left changes by as much as the limit does, whatever is being reserved and settled at the same time. */
function updateQuota(table: string, seen: Account, quota: Quota): NonNullable<TransactWriteItem['Update']> {
  const { periodEnd } = periodFrom(new Date(seen.periodStart), quota.periodDays);
  const sets = [
    ...quotaFields.map((name) => `${name} = :${name}`),
    'executionMsLeft = executionMsLeft + :moreMs',
    'costNanoUsdLeft = costNanoUsdLeft + :moreCost',
    'periodEnd = :periodEnd',
  ];
  const conditions = ['periodStart = :periodStart', ...quotaFields.map((name) => `${name} = :seen_${name}`)];
  return {
    TableName: table,
    Key: marshall({ account: seen.account }),
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: `SET ${sets.join(', ')}`,
    ExpressionAttributeValues: marshall({
      ...Object.fromEntries(quotaFields.map((name) => [`:${name}`, quota[name]])),
      ...Object.fromEntries(quotaFields.map((name) => [`:seen_${name}`, seen[name]])),
      ':moreMs': quota.executionMsLimit - seen.executionMsLimit,
      ':moreCost': quota.costNanoUsdLimit - seen.costNanoUsdLimit,
      ':periodStart': seen.periodStart,
      ':periodEnd': periodEnd,
    }),
  };
}
