import type { Update } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { accountsOf, chargedMs, toNanoUsd } from '../domain/account.ts';
import type { Execution } from '../domain/execution.ts';

const isOpen = 'attribute_exists(account)';
const periodIsCurrent = 'periodEnd > :now';
const fits =
  'executionsUsed < executionsLimit AND executionMsLeft >= :wall AND costNanoUsdLeft >= :cost AND concurrentUsed < concurrentLimit';

/**
 * Holds an execution's share of the quota of its tenant, and of its end user when it has one, in the order of
 * {@link accountsOf}. One fails when it doesn't fit or the period is over.
 */
export function reserve(table: string, execution: Execution): Update[] {
  return onEachAccount(table, execution, {
    ConditionExpression: `${isOpen} AND ${periodIsCurrent} AND (unlimited = :true OR (${fits}))`,
    UpdateExpression:
      'ADD executionsUsed :one, concurrentUsed :one, executionMsReserved :wall, executionMsLeft :minusWall, costNanoUsdReserved :cost, costNanoUsdLeft :minusCost',
    ExpressionAttributeValues: marshall({
      ':true': true,
      ':now': execution.createdAt,
      ':one': 1,
      ':wall': execution.limits.wallTimeMs,
      ':minusWall': -execution.limits.wallTimeMs,
      ':cost': execution.costReservedNanoUsd,
      ':minusCost': -execution.costReservedNanoUsd,
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

/** Charges what the run used and gives back the rest of its reservation. */
export function settle(
  table: string,
  execution: Execution,
  { wallTimeMs, costUsd }: { wallTimeMs: number; costUsd: number },
): Update[] {
  const reserved = execution.limits.wallTimeMs;
  const charged = chargedMs(wallTimeMs, reserved);
  const cost = toNanoUsd(costUsd);
  return onEachAccount(table, execution, {
    ConditionExpression: isOpen,
    UpdateExpression:
      'ADD executionMsUsed :charged, executionMsReserved :minusReserved, executionMsLeft :rest, concurrentUsed :minusOne, costNanoUsdUsed :cost, costNanoUsdReserved :minusReservedCost, costNanoUsdLeft :restCost',
    ExpressionAttributeValues: marshall({
      ':charged': charged,
      ':minusReserved': -reserved,
      ':rest': reserved - charged,
      ':cost': cost,
      ':minusReservedCost': -execution.costReservedNanoUsd,
      ':restCost': execution.costReservedNanoUsd - cost,
      ':minusOne': -1,
    }),
  });
}

/** Gives the whole reservation back, as if the execution had never been admitted. */
export function release(table: string, execution: Execution): Update[] {
  const reserved = execution.limits.wallTimeMs;
  return onEachAccount(table, execution, {
    ConditionExpression: isOpen,
    UpdateExpression:
      'ADD executionsUsed :minusOne, concurrentUsed :minusOne, executionMsReserved :minusReserved, executionMsLeft :reserved, costNanoUsdReserved :minusCost, costNanoUsdLeft :cost',
    ExpressionAttributeValues: marshall({
      ':minusOne': -1,
      ':minusReserved': -reserved,
      ':reserved': reserved,
      ':cost': execution.costReservedNanoUsd,
      ':minusCost': -execution.costReservedNanoUsd,
    }),
  });
}

function onEachAccount(
  table: string,
  execution: Execution,
  update: Omit<Update, 'TableName' | 'Key' | 'UpdateExpression'> & { UpdateExpression: string },
): Update[] {
  return accountsOf(execution).map(([, account]) => ({
    TableName: table,
    Key: marshall({ account }),
    ...update,
  }));
}
