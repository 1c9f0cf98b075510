import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Execution, isTerminal } from '../domain/execution.ts';
import { type LaneName, laneRules } from '../domain/lane.ts';
import { orderSchema } from '../domain/program.ts';
import { leaseMs, mayHaveLapsed } from '../domain/timing.ts';
import type { Claim } from '../ports/execution-store.ts';
import { loadJson } from './blob-codec.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { type ExecutionItem, fromItem, type Item } from './execution-item.ts';
import { isConditionFailure, isWritten } from './is-condition-failure.ts';

const isInLane = 'lane = :lane';
const isQueued = '#status = :queued';
const hasAttemptsLeft = 'attempts < :maxAttempts';

/**
 * Takes the execution for one attempt, in one conditional write that also reads the program.
 *
 *   queued --claim--> running |-- lease, renewed while the program runs --|
 *                     complete, requeue, fail or cancel: only with this attempt's number
 *
 * What runs is never claimed: an attempt that is lost is ended first.
 */
export async function claimExecution(
  tables: ExecutionTables,
  id: string,
  lane: LaneName,
  now: Date,
): Promise<Claim> {
  try {
    const item = await takeLease(tables, id, lane, now);
    if (item.program === null) throw new Error(`execution ${id} has no program`);
    const { artifacts, redaction, ...program } = orderSchema.parse(
      await loadJson(tables.blobs, item.program),
    );
    return {
      kind: 'claimed',
      execution: item.execution,
      program,
      artifacts,
      redaction,
      sealedSecrets: item.sealedSecrets,
    };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return explainRefusal(error.Item, lane, now);
  }
}

async function takeLease(
  tables: ExecutionTables,
  id: string,
  lane: LaneName,
  now: Date,
): Promise<ExecutionItem> {
  const { Attributes } = await tables.client.send(
    new UpdateItemCommand({
      TableName: tables.executionsTable,
      Key: marshall({ id }),
      ConditionExpression: `${isInLane} AND ${isQueued} AND ${hasAttemptsLeft}`,
      UpdateExpression:
        'SET #status = :running, startedAt = :startedAt, leaseUntilMs = :leaseUntil ADD attempts :one',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: marshall({
        ':lane': lane,
        ':queued': 'queued',
        ':running': 'running',
        ':leaseUntil': now.getTime() + leaseMs,
        ':startedAt': now.toISOString(),
        ':maxAttempts': laneRules[lane].maxAttempts,
        ':one': 1,
      }),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  return fromItem(Attributes ?? {});
}

function explainRefusal(item: Item | undefined, lane: LaneName, now: Date): Claim {
  if (item === undefined) return { kind: 'unknown' };
  const { execution } = fromItem(item);
  if (isTerminal(execution.status)) return { kind: 'over' };
  if (execution.lane !== lane) return { kind: 'moved', execution };
  if (execution.status !== 'running') return { kind: 'exhausted', execution };
  const { leaseUntilMs } = execution;
  return leaseUntilMs === null || mayHaveLapsed(leaseUntilMs, now)
    ? { kind: 'lapsed', execution }
    : { kind: 'held', until: new Date(leaseUntilMs) };
}

/** One conditional write; of an attempt that is over, or not the latest any more, it changes nothing. */
export async function renewLease(
  { client, executionsTable }: ExecutionTables,
  { id, attempts }: Execution,
  now: Date,
): Promise<boolean> {
  const renewal = new UpdateItemCommand({
    TableName: executionsTable,
    Key: marshall({ id }),
    ConditionExpression: '#status = :running AND attempts = :attempt',
    UpdateExpression: 'SET leaseUntilMs = :leaseUntil',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({
      ':running': 'running',
      ':attempt': attempts,
      ':leaseUntil': now.getTime() + leaseMs,
    }),
  });
  return isWritten(client.send(renewal));
}
