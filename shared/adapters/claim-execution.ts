import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isTerminal } from '../domain/execution.ts';
import { type LaneName, laneRules } from '../domain/lane.ts';
import { orderSchema } from '../domain/program.ts';
import { leaseMarginMs } from '../domain/timing.ts';
import type { Claim } from '../ports/execution-store.ts';
import { loadJson } from './blob-codec.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { type ExecutionItem, fromItem, type Item } from './execution-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';

const isInLane = 'lane = :lane';
const isQueued = '#status = :queued';
const leaseRanOut = '(#status = :running AND leaseUntilMs < :now)';
const hasAttemptsLeft = 'attempts < :maxAttempts';

/**
 * Takes the execution for one attempt, in one conditional write that also reads the program.
 *
 *   queued --claim--> running |---- wall time limit ----|-- margin --| lease runs out
 *                                        complete, requeue or fail: only with this attempt's number
 *                                                                    | the next claim may take over,
 *                                                                      where lanes repeat what has started
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
  const { maxAttempts, repeatsStarted } = laneRules[lane];
  const isClaimable = repeatsStarted ? `(${isQueued} OR ${leaseRanOut})` : isQueued;
  const { Attributes } = await tables.client.send(
    new UpdateItemCommand({
      TableName: tables.executionsTable,
      Key: marshall({ id }),
      ConditionExpression: `${isInLane} AND ${isClaimable} AND ${hasAttemptsLeft}`,
      UpdateExpression:
        'SET #status = :running, startedAt = :startedAt, leaseUntilMs = #limits.wallTimeMs + :nowAndMargin' +
        ' ADD attempts :one',
      ExpressionAttributeNames: { '#status': 'status', '#limits': 'limits' },
      ExpressionAttributeValues: marshall({
        ':lane': lane,
        ':queued': 'queued',
        ':running': 'running',
        ...(repeatsStarted && { ':now': now.getTime() }),
        ':nowAndMargin': now.getTime() + leaseMarginMs,
        ':startedAt': now.toISOString(),
        ':maxAttempts': maxAttempts,
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
  const leaseUntilMs = execution.leaseUntilMs ?? 0;
  return execution.status === 'running' && leaseUntilMs >= now.getTime()
    ? { kind: 'held', until: new Date(leaseUntilMs) }
    : { kind: 'exhausted', execution };
}
