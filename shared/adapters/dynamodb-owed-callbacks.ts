import {
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { executionsTable } from '../contract/tables.ts';
import type { Callback } from '../domain/callback.ts';
import { outputSchema } from '../domain/execution.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { OwedCallback, OwedCallbacks } from '../ports/owed-callbacks.ts';
import { loadJson } from './blob-codec.ts';
import { fromItem, type Item } from './execution-item.ts';
import { isWritten } from './is-condition-failure.ts';
import { listShardedIndex } from './list-sharded-index.ts';

interface Options {
  client: DynamoDBClient;
  executionsTable: string;
  blobs: BlobStore;
}

const { partitionKey: shardAttribute, sortKey: dueAttribute } = executionsTable.callbackIndex;

const isOwed = `attribute_exists(${dueAttribute})`;
const isAsSeen = `${dueAttribute} = :seen`;

/** By the sparse index that an execution is in from its end until its callback is settled. */
export function createDynamoOwedCallbacks({
  client,
  executionsTable: TableName,
  blobs,
}: Options): OwedCallbacks {
  const update = (id: string, change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
    isWritten(client.send(new UpdateItemCommand({ TableName, Key: marshall({ id }), ...change })));

  return {
    listIds: (dueBefore) =>
      listShardedIndex(client, TableName, executionsTable.callbackIndex, dueBefore.toISOString()),
    async find(id) {
      const get = new GetItemCommand({ TableName, Key: marshall({ id }), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item === undefined ? null : toOwedCallback(Item, blobs);
    },
    postpone: ({ execution: { id, callback }, dueAt }, attempts, nextDueAt) =>
      update(id, {
        ConditionExpression: isAsSeen,
        UpdateExpression: `SET results.callback = :callback, ${dueAttribute} = :due`,
        ExpressionAttributeValues: marshall({
          ':callback': { ...callback, attempts } satisfies Callback,
          ':due': nextDueAt.toISOString(),
          ':seen': dueAt.toISOString(),
        }),
      }),
    settle: ({ execution: { id, callback }, dueAt }, to, attempts) =>
      update(id, {
        ConditionExpression: to === 'delivered' ? isOwed : isAsSeen,
        UpdateExpression: `SET results.callback = :callback REMOVE ${shardAttribute}, ${dueAttribute}`,
        ExpressionAttributeValues: marshall({
          ':callback': { ...callback, status: to, attempts } satisfies Callback,
          ...(to === 'given_up' && { ':seen': dueAt.toISOString() }),
        }),
      }),
  };
}

function toOwedCallback(item: Item, blobs: BlobStore): OwedCallback | null {
  const { execution, output, callbackDueAt: dueAt } = fromItem(item);
  const { callback, finishedAt } = execution;
  if (dueAt === null || callback === null || finishedAt === null) return null;
  return {
    execution: { ...execution, callback, finishedAt },
    dueAt,
    readOutput: async () =>
      output === null ? { stdout: '', stderr: '' } : outputSchema.parse(await loadJson(blobs, output)),
  };
}
