import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Execution } from '../domain/execution.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';

/** An item beside the executions: without a tenant, so that no index lists it. It goes when its execution does. */
function keyOf(executionId: string) {
  return marshall({ id: `cancel#${executionId}` });
}

/** Asks whoever runs the execution to end it. Idempotent. */
export async function requestCancel(
  { client, executionsTable }: ExecutionTables,
  { id, expiresAt }: Execution,
): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: executionsTable,
      Key: keyOf(id),
      UpdateExpression: 'SET expiresAtSeconds = :expiry',
      ExpressionAttributeValues: marshall({ ':expiry': Math.floor(Date.parse(expiresAt) / 1000) }),
    }),
  );
}

/** Strongly consistent. */
export async function isCancelRequested(
  { client, executionsTable }: ExecutionTables,
  executionId: string,
): Promise<boolean> {
  const Key = keyOf(executionId);
  const { Item } = await client.send(
    new GetItemCommand({ TableName: executionsTable, Key, ConsistentRead: true }),
  );
  return Item !== undefined;
}
