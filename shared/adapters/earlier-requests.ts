import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Execution } from '../domain/execution.ts';
import { identityHours, type RequestIdentity } from '../domain/request-identity.ts';
import type { EarlierRequest } from '../ports/execution-store.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import type { Item } from './execution-item.ts';

/** An item beside the executions: without a tenant, so that no index lists it. */
const earlierRequestSchema = z.object({
  id: z.string(),
  executionId: z.string(),
  content: z.string(),
  expiresAtSeconds: z.int(),
});

/** Remembers which execution a request became. Fails, with the earlier one's item, when its key is known. */
export function rememberRequest(
  { executionsTable }: ExecutionTables,
  identity: RequestIdentity,
  execution: Execution,
): TransactWriteItem {
  const nowSeconds = Math.floor(Date.parse(execution.createdAt) / 1000);
  const record: z.infer<typeof earlierRequestSchema> = {
    id: identity.id,
    executionId: execution.id,
    content: identity.content,
    expiresAtSeconds: nowSeconds + identityHours * 3600,
  };
  return {
    Put: {
      TableName: executionsTable,
      Item: marshall(record),
      // DynamoDB deletes what has expired some time later.
      ConditionExpression: 'attribute_not_exists(id) OR expiresAtSeconds <= :now',
      ExpressionAttributeValues: marshall({ ':now': nowSeconds }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Takes the memory of a request back whose execution is withdrawn. */
export function forgetRequest(
  { executionsTable }: ExecutionTables,
  identity: RequestIdentity,
  execution: Execution,
): TransactWriteItem {
  return {
    Delete: {
      TableName: executionsTable,
      Key: marshall({ id: identity.id }),
      ConditionExpression: 'executionId = :id',
      ExpressionAttributeValues: marshall({ ':id': execution.id }),
    },
  };
}

/** What the key stands for already, or null. Strongly consistent. */
export async function findEarlierRequest(
  { client, executionsTable, clock }: ExecutionTables,
  identity: RequestIdentity,
): Promise<EarlierRequest | null> {
  const Key = marshall({ id: identity.id });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: executionsTable, Key, ConsistentRead: true }),
  );
  if (Item === undefined || Number(Item.expiresAtSeconds?.N) * 1000 <= clock().getTime()) return null;
  return toEarlierRequest(Item, identity);
}

export function toEarlierRequest(item: Item, identity: RequestIdentity): EarlierRequest {
  const { executionId, content } = earlierRequestSchema.parse(unmarshall(item));
  return { kind: 'earlier_request', executionId, isSame: content === identity.content };
}
