import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { blobPrefixes } from '../contract/tables.ts';
import { type Account, accountSchema, explainRefusal, periodFrom, type Refusal } from '../domain/account.ts';
import type { Execution } from '../domain/execution.ts';
import type { Order } from '../domain/program.ts';
import type { RequestIdentity } from '../domain/request-identity.ts';
import type { AdmissionExtras, EarlierRequest } from '../ports/execution-store.ts';
import { storeJson } from './blob-codec.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { forgetRequest, rememberRequest, toEarlierRequest } from './earlier-requests.ts';
import { toItem } from './execution-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';
import { release, reserve } from './ledger-updates.ts';
import { writeTransaction } from './write-transaction.ts';

/** Reservation and execution in one transaction. Rolls the tenant's period over when it has ended. */
export async function admitExecution(
  tables: ExecutionTables,
  execution: Execution,
  order: Order,
  { sealedSecrets, identity }: AdmissionExtras = {},
): Promise<Refusal | EarlierRequest | null> {
  const stored = await storeJson(tables.blobs, `${blobPrefixes.programs}${execution.id}`, order);
  const items = [
    { Update: reserve(tables.ledgerTable, execution) },
    {
      Put: {
        TableName: tables.executionsTable,
        Item: toItem(execution, stored, sealedSecrets),
        ConditionExpression: 'attribute_not_exists(id)',
      },
    },
    ...(identity === undefined ? [] : [rememberRequest(tables, identity, execution)]),
  ];

  for (let tries = 0; tries < 3; tries += 1) {
    const reasons = await writeTransaction(tables.client, items);
    if (reasons === null) return null;
    // Before the quota: who repeats a request that was admitted gets its execution, also when nothing is left.
    const earlier = reasons[2]?.Item;
    if (earlier !== undefined && identity !== undefined) return toEarlierRequest(earlier, identity);
    const account = reasons[0]?.Item;
    if (reasons[0]?.Code !== 'ConditionalCheckFailed')
      throw new Error(`execution ${execution.id} exists already`);
    const refusal = explainRefusal(
      account === undefined ? null : accountSchema.parse(unmarshall(account)),
      { executionMs: execution.limits.wallTimeMs, costNanoUsd: execution.costReservedNanoUsd },
      new Date(execution.createdAt),
    );
    if (refusal?.kind !== 'period_over') {
      if (refusal !== null) return refusal;
      continue;
    }
    await rollPeriod(tables, refusal.account);
  }
  throw new Error('the reservation was refused without a reason');
}

/** Removes an execution that nobody claimed, its reservation, and its request's key. */
export async function withdrawExecution(
  tables: ExecutionTables,
  execution: Execution,
  identity?: RequestIdentity,
): Promise<boolean> {
  const reasons = await writeTransaction(tables.client, [
    {
      Delete: {
        TableName: tables.executionsTable,
        Key: marshall({ id: execution.id }),
        ConditionExpression: '#status = :queued AND attempts = :none',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: marshall({ ':queued': 'queued', ':none': 0 }),
      },
    },
    { Update: release(tables.ledgerTable, execution) },
    ...(identity === undefined ? [] : [forgetRequest(tables, identity, execution)]),
  ]);
  return reasons === null;
}

/** Starts the next period at now. Of racing requests one does it; the others find it done. */
async function rollPeriod(tables: ExecutionTables, account: Account): Promise<void> {
  const { periodStart, periodEnd } = periodFrom(tables.clock(), account.periodDays);
  try {
    await tables.client.send(
      new UpdateItemCommand({
        TableName: tables.ledgerTable,
        Key: marshall({ account: account.account }),
        ConditionExpression: 'periodEnd = :seen',
        UpdateExpression:
          'SET periodStart = :start, periodEnd = :end, executionsUsed = concurrentUsed, executionMsUsed = :zero,' +
          ' executionMsLeft = executionMsLimit - executionMsReserved, costNanoUsdUsed = :zero,' +
          ' costNanoUsdLeft = costNanoUsdLimit - costNanoUsdReserved',
        ExpressionAttributeValues: marshall({
          ':seen': account.periodEnd,
          ':start': periodStart,
          ':end': periodEnd,
          ':zero': 0,
        }),
      }),
    );
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}
