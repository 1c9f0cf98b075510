import { type CancellationReason, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { blobFolder } from '../contract/tables.ts';
import {
  type Account,
  accountSchema,
  accountsOf,
  defaultQuota,
  explainRefusal,
  openAccount,
  periodFrom,
  type Quota,
  type QuotaRefusal,
  type Refusal,
} from '../domain/account.ts';
import type { Execution } from '../domain/execution.ts';
import type { Order } from '../domain/program.ts';
import type { RequestIdentity } from '../domain/request-identity.ts';
import { retentionOf } from '../domain/retention.ts';
import type { AdmissionExtras, EarlierRequest } from '../ports/execution-store.ts';
import { storeJson } from './blob-codec.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { forgetRequest, rememberRequest, toEarlierRequest } from './earlier-requests.ts';
import { endWithCharges } from './end-with-charges.ts';
import { toItem } from './execution-item.ts';
import { isWritten } from './is-condition-failure.ts';
import { release, reserve } from './ledger-updates.ts';
import { putNewAccount } from './put-new-account.ts';
import { writeTransaction } from './write-transaction.ts';

/** Of a tenant's and a user's account together, each may need its period renewed, and another request may be faster. */
const maxTries = 4;

/** Reservations and execution in one transaction. Renews periods that have ended and opens the accounts of new end users. */
export async function admitExecution(
  tables: ExecutionTables,
  execution: Execution,
  order: Order,
  { sealedSecrets, identity, userQuota = defaultQuota }: AdmissionExtras = {},
): Promise<QuotaRefusal | EarlierRequest | null> {
  const stored = await storeJson(
    tables.blobs,
    `${blobFolder('programs', retentionOf(execution))}${execution.id}`,
    order,
  );
  const reservations = reserve(tables.ledgerTable, execution);
  const items = [
    {
      Put: {
        TableName: tables.executionsTable,
        Item: toItem(execution, stored, sealedSecrets),
        ConditionExpression: 'attribute_not_exists(id)',
      },
    },
    ...reservations.map((Update) => ({ Update })),
    ...(identity === undefined ? [] : [rememberRequest(tables, identity, execution)]),
  ];

  for (let tries = 0; tries < maxTries; tries += 1) {
    const [created, ...others] = (await writeTransaction(tables.client, items)) ?? [];
    if (created === undefined) return null;
    // Before the quota: who repeats a request that was admitted gets its execution, also when nothing is left.
    const earlier = others[reservations.length]?.Item;
    if (earlier !== undefined && identity !== undefined) return toEarlierRequest(earlier, identity);
    if (created.Code === 'ConditionalCheckFailed')
      throw new Error(`execution ${execution.id} exists already`);
    const refusals = others.slice(0, reservations.length).map((reason) => refusalOf(reason, execution));
    const final = await overcome(tables, execution, refusals, userQuota);
    if (final !== null) return final;
  }
  throw new Error('the reservation was refused without a reason');
}

/** Null for a reservation that held, or that would by now. */
function refusalOf({ Code, Item }: CancellationReason, execution: Execution): Refusal | null {
  if (Code !== 'ConditionalCheckFailed') return null;
  return explainRefusal(
    Item === undefined ? null : accountSchema.parse(unmarshall(Item)),
    { executionMs: execution.limits.wallTimeMs, costNanoUsd: execution.costReservedNanoUsd },
    new Date(execution.createdAt),
  );
}

/** Answers the first refusal that stays one; else removes what stood in the way of every reservation. */
async function overcome(
  tables: ExecutionTables,
  execution: Execution,
  refusals: (Refusal | null)[],
  userQuota: Quota,
): Promise<QuotaRefusal | null> {
  const owned = accountsOf(execution).map(([of, account], index) => ({
    of,
    account,
    refusal: refusals[index] ?? null,
  }));
  for (const { of, refusal } of owned) {
    const isFinal = refusal?.kind === 'over_limit' || (refusal?.kind === 'no_account' && of === 'tenant');
    if (isFinal) return { ...refusal, of };
  }
  for (const { account, refusal } of owned) {
    if (refusal?.kind === 'period_over') await rollPeriod(tables, refusal.account);
    if (refusal?.kind === 'no_account') {
      await putNewAccount(tables.client, tables.ledgerTable, openAccount(account, userQuota, tables.clock()));
    }
  }
  return null;
}

/** Removes an execution that nobody claimed, its reservations, and its request's key. */
export async function withdrawExecution(
  tables: ExecutionTables,
  execution: Execution,
  identity?: RequestIdentity,
): Promise<boolean> {
  const end = [
    {
      Delete: {
        TableName: tables.executionsTable,
        Key: marshall({ id: execution.id }),
        ConditionExpression: '#status = :queued AND attempts = :none',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: marshall({ ':queued': 'queued', ':none': 0 }),
      },
    },
    ...(identity === undefined ? [] : [forgetRequest(tables, identity, execution)]),
  ];
  return endWithCharges(tables.client, end, release(tables.ledgerTable, execution));
}

/** Starts the next period at now. Of racing requests one does it; the others find it done. */
async function rollPeriod(tables: ExecutionTables, account: Account): Promise<void> {
  const { periodStart, periodEnd } = periodFrom(tables.clock(), account.periodDays);
  const roll = new UpdateItemCommand({
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
  });
  await isWritten(tables.client.send(roll));
}
