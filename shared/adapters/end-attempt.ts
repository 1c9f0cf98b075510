import { type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { executionsTable as executionsContract, shardOf } from '../contract/tables.ts';
import { type Execution, type Failure, isTerminal, type Output, type Status } from '../domain/execution.ts';
import { failedAttempts, lostAttempt } from '../domain/failed-attempts.ts';
import type { LaneName } from '../domain/lane.ts';
import type { CancelledRun, Completion } from '../ports/execution-store.ts';
import { storeJson } from './blob-codec.ts';
import { type ExecutionTables, outputKey } from './dynamodb-execution-store.ts';
import { endWithCharges } from './end-with-charges.ts';
import { fromItem, type Item, sealedSecretsAttribute, toResults } from './execution-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';
import { release, settle } from './ledger-updates.ts';

/** Result and charge in one transaction. */
export async function completeExecution(
  tables: ExecutionTables,
  claimed: Execution,
  completion: Completion,
  output: Output,
): Promise<boolean> {
  const stored = await storeJson(tables.blobs, outputKey(claimed), output);
  const { artifacts, redactions, ...ending } = completion;
  const wallTimeMs = completion.usage?.wallTimeMs ?? 0;
  const end = updateAttempt(tables, claimed, {
    ...ending,
    status: 'completed',
    failure: null,
    leaseUntilMs: null,
    results: { failures: failedAttempts(claimed, null, tables.clock()), artifacts, redactions },
    output: stored,
  });
  const charges = settle(tables.ledgerTable, claimed, { wallTimeMs, costUsd: completion.costUsd ?? 0 });
  return endWithCharges(tables.client, [{ Update: end }], charges);
}

/** Back to the queue; the reservation stays for the next attempt. */
export async function requeueExecution(
  tables: ExecutionTables,
  claimed: Execution,
  failure: Failure,
): Promise<boolean> {
  return queueAgain(tables, claimed, failure, {});
}

/** To the queue of another lane, which is also another backend. */
export async function handOverExecution(
  tables: ExecutionTables,
  claimed: Execution,
  to: LaneName,
  failure: Failure,
): Promise<boolean> {
  return queueAgain(tables, claimed, failure, { lane: to, backend: to });
}

/** Failure and release in one transaction. */
export async function failExecution(
  tables: ExecutionTables,
  execution: Execution,
  failure: Failure,
  now: Date,
): Promise<boolean> {
  const end = updateAttempt(tables, execution, {
    status: 'failed',
    failure,
    finishedAt: now.toISOString(),
    leaseUntilMs: null,
    results: resultsOf(execution, failure, now),
  });
  return endWithCharges(tables.client, [{ Update: end }], release(tables.ledgerTable, execution));
}

/** The end, and the charge for what ran or the release, in one transaction. */
export async function cancelExecution(
  tables: ExecutionTables,
  execution: Execution,
  now: Date,
  run: CancelledRun | null,
): Promise<boolean> {
  const { ledgerTable } = tables;
  const end = updateAttempt(tables, execution, {
    ...(run !== null && (await runFields(tables, execution, run))),
    status: 'cancelled',
    failure: null,
    finishedAt: now.toISOString(),
    leaseUntilMs: null,
    results: {
      failures: failedAttempts(execution, null, now),
      artifacts: [],
      redactions: run?.redactions ?? [],
    },
  });
  const charges =
    run === null
      ? release(ledgerTable, execution)
      : settle(ledgerTable, execution, { wallTimeMs: run.usage.wallTimeMs, costUsd: run.costUsd });
  return endWithCharges(tables.client, [{ Update: end }], charges);
}

/** The loss is recorded, and what is over is released, as long as the lease is the one that was seen. */
export async function endLostExecution(
  tables: ExecutionTables,
  seen: Execution,
  to: 'queued' | 'failed' | 'cancelled',
  now: Date,
): Promise<boolean> {
  const fields = {
    status: to,
    failure: to === 'cancelled' ? null : lostAttempt,
    leaseUntilMs: null,
    results: resultsOf(seen, lostAttempt, now),
  };
  if (to === 'queued')
    return putInQueue(tables, onlyIfNotRenewed(updateAttempt(tables, seen, fields), seen), seen, seen.lane);
  const over = updateAttempt(tables, seen, { ...fields, finishedAt: now.toISOString() });
  const end = [{ Update: onlyIfNotRenewed(over, seen) }];
  return endWithCharges(tables.client, end, release(tables.ledgerTable, seen));
}

async function runFields(
  tables: ExecutionTables,
  execution: Execution,
  { output, redactions: _redactions, ...fields }: CancelledRun,
): Promise<Record<string, unknown>> {
  return { ...fields, output: await storeJson(tables.blobs, outputKey(execution), output) };
}

async function queueAgain(
  tables: ExecutionTables,
  claimed: Execution,
  failure: Failure,
  fields: Partial<Pick<Execution, 'lane' | 'backend'>>,
): Promise<boolean> {
  const update = updateAttempt(tables, claimed, {
    ...fields,
    status: 'queued',
    failure,
    leaseUntilMs: null,
    results: resultsOf(claimed, failure, tables.clock()),
  });
  return putInQueue(tables, update, claimed, fields.lane ?? claimed.lane);
}

/** Puts an execution, last known like this, into the queue of a lane. */
async function putInQueue(
  { client }: ExecutionTables,
  update: AttemptUpdate,
  { attempts }: Execution,
  lane: LaneName,
): Promise<boolean> {
  try {
    await client.send(new UpdateItemCommand({ ...update, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    return true;
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return error.Item !== undefined && isQueuedAgain(error.Item, attempts, lane);
  }
}

/**
 * Whether what refuses the write is the same write: its answer was lost, and the SDK sent it again. Taken for stale, the
 * message would be deleted of an execution that nobody else knows to be queued.
 */
function isQueuedAgain(item: Item, attempts: number, lane: LaneName): boolean {
  const { execution } = fromItem(item);
  return execution.status === 'queued' && execution.attempts === attempts && execution.lane === lane;
}

interface Changes {
  status: Status;
  results: Results;
  finishedAt?: string | null;
}

type Results = Pick<Execution, 'failures' | 'artifacts' | 'redactions'>;

/** A failed attempt leaves nothing that its program wrote. */
function resultsOf(execution: Execution, failure: Failure, now: Date): Results {
  return { failures: failedAttempts(execution, failure, now), artifacts: [], redactions: [] };
}

type AttemptUpdate = Update & { UpdateExpression: string };

/** For an update that sets `leaseUntilMs`, of an execution that was read by somebody who doesn't hold it. */
function onlyIfNotRenewed(update: AttemptUpdate, { leaseUntilMs }: Execution): AttemptUpdate {
  return {
    ...update,
    ConditionExpression: `${update.ConditionExpression} AND #leaseUntilMs = :seenLease`,
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues,
      ...marshall({ ':seenLease': leaseUntilMs }),
    },
  };
}

/** An execution that ends owes its callback from this very write on, due at once. */
function debtOf({ id, callback }: Execution, { status, finishedAt }: Changes): Record<string, unknown> {
  if (callback === null || !isTerminal(status)) return {};
  const { partitionKey, sortKey } = executionsContract.callbackIndex;
  return { [partitionKey]: shardOf(id), [sortKey]: finishedAt };
}

/**
 * Sets fields of an execution, and removes its secrets and its place among the open ones when it is over, as long as its
 * status and attempt are still the ones the writer knows.
 */
function updateAttempt(
  { executionsTable }: ExecutionTables,
  known: Execution,
  changes: Record<string, unknown> & Changes,
): AttemptUpdate {
  const { status } = changes;
  const fields: Record<string, unknown> = {
    ...changes,
    results: toResults({ ...changes.results, callback: known.callback }),
    ...debtOf(known, changes),
  };
  const names = Object.keys(fields);
  const removal = isTerminal(status)
    ? ` REMOVE ${sealedSecretsAttribute}, ${executionsContract.openIndex.partitionKey}`
    : '';
  return {
    TableName: executionsTable,
    Key: marshall({ id: known.id }),
    ConditionExpression: '#status = :knownStatus AND attempts = :knownAttempt',
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${removal}`,
    ExpressionAttributeNames: {
      '#status': 'status',
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: marshall({
      ':knownStatus': known.status,
      ':knownAttempt': known.attempts,
      ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
    }),
  };
}
