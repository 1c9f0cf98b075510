import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isTerminal } from '../domain/execution.ts';
import { programSchema } from '../domain/program.ts';
import { leaseMarginMs, maxAttempts } from '../domain/timing.ts';
import type { Claim } from '../ports/execution-store.ts';
import { loadJson } from './blob-codec.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { type ExecutionItem, fromItem, type Item } from './execution-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';

const isQueued = '#status = :queued';
const leaseRanOut = '(#status = :running AND leaseUntilMs < :now)';
const hasAttemptsLeft = 'attempts < :maxAttempts';

/**
 * Takes the execution for one attempt, in one conditional write that also reads the program.
 *
 *   queued --claim--> running |---- wall time limit ----|-- margin --| lease runs out
 *                                        complete, requeue or fail: only with this attempt's number
 *                                                                    | the next claim may take over
 */
export async function claimExecution(tables: ExecutionTables, id: string, now: Date): Promise<Claim> {
  try {
    const item = await takeLease(tables, id, now);
    if (item.program === null) throw new Error(`execution ${id} has no program`);
    const program = programSchema.parse(await loadJson(tables.blobs, item.program));
    return { kind: 'claimed', execution: item.execution, program };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return explainRefusal(error.Item);
  }
}

async function takeLease(tables: ExecutionTables, id: string, now: Date): Promise<ExecutionItem> {
  const { Attributes } = await tables.client.send(
    new UpdateItemCommand({
      TableName: tables.executionsTable,
      Key: marshall({ id }),
      ConditionExpression: `(${isQueued} OR ${leaseRanOut}) AND ${hasAttemptsLeft}`,
      UpdateExpression:
        'SET #status = :running, startedAt = :startedAt, leaseUntilMs = #limits.wallTimeMs + :nowAndMargin' +
        ' ADD attempts :one',
      ExpressionAttributeNames: { '#status': 'status', '#limits': 'limits' },
      ExpressionAttributeValues: marshall({
        ':queued': 'queued',
        ':running': 'running',
        ':now': now.getTime(),
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

function explainRefusal(item: Item | undefined): Claim {
  if (item === undefined) return { kind: 'unknown' };
  const { execution } = fromItem(item);
  if (isTerminal(execution.status)) return { kind: 'over' };
  if (execution.attempts >= maxAttempts) return { kind: 'exhausted', execution };
  return { kind: 'held', until: new Date(execution.leaseUntilMs ?? 0) };
}
