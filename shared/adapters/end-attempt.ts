import { type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Execution, Failure, Output } from '../domain/execution.ts';
import type { Completion } from '../ports/execution-store.ts';
import { storeJson } from './blob-codec.ts';
import { type ExecutionTables, outputKey } from './dynamodb-execution-store.ts';
import { isConditionFailure } from './is-condition-failure.ts';
import { release, settle } from './ledger-updates.ts';
import { writeTransaction } from './write-transaction.ts';

/** Result and charge in one transaction. */
export async function completeExecution(
  tables: ExecutionTables,
  claimed: Execution,
  completion: Completion,
  output: Output,
): Promise<boolean> {
  const stored = await storeJson(tables.blobs, outputKey(claimed.id, claimed.attempts), output);
  const wallTimeMs = completion.usage?.wallTimeMs ?? 0;
  const reasons = await writeTransaction(tables.client, [
    {
      Update: updateAttempt(tables, claimed, {
        ...completion,
        status: 'completed',
        failure: null,
        leaseUntilMs: null,
        output: stored,
      }),
    },
    { Update: settle(tables.ledgerTable, claimed, wallTimeMs) },
  ]);
  return reasons === null;
}

/** Back to the queue; the reservation stays for the next attempt. */
export async function requeueExecution(
  tables: ExecutionTables,
  claimed: Execution,
  failure: Failure,
): Promise<boolean> {
  try {
    const update = updateAttempt(tables, claimed, { status: 'queued', failure, leaseUntilMs: null });
    await tables.client.send(new UpdateItemCommand(update));
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** Failure and release in one transaction. */
export async function failExecution(
  tables: ExecutionTables,
  execution: Execution,
  failure: Failure,
  now: Date,
): Promise<boolean> {
  const reasons = await writeTransaction(tables.client, [
    {
      Update: updateAttempt(tables, execution, {
        status: 'failed',
        failure,
        finishedAt: now.toISOString(),
        leaseUntilMs: null,
      }),
    },
    { Update: release(tables.ledgerTable, execution) },
  ]);
  return reasons === null;
}

/** Sets fields of an execution as long as its status and attempt are still the ones the writer knows. */
function updateAttempt(
  { executionsTable }: ExecutionTables,
  known: Execution,
  fields: Record<string, unknown>,
): Update & { UpdateExpression: string } {
  const names = Object.keys(fields);
  return {
    TableName: executionsTable,
    Key: marshall({ id: known.id }),
    ConditionExpression: '#status = :knownStatus AND attempts = :knownAttempt',
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
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
