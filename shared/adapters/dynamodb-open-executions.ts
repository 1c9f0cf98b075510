import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { encodeTime } from 'ulid';
import { executionsTable, shards } from '../contract/tables.ts';
import { isTerminal } from '../domain/execution.ts';
import type { OpenExecution, OpenExecutions } from '../ports/open-executions.ts';
import { fromItem, type Item, resentAttribute } from './execution-item.ts';
import { isWritten } from './is-condition-failure.ts';

interface Options {
  client: DynamoDBClient;
  executionsTable: string;
}

/** By the sparse index that an execution is in from its admission to its end. */
export function createDynamoOpenExecutions({ client, executionsTable: table }: Options): OpenExecutions {
  return {
    listIds: (createdBefore) => shards.map((shard) => idsOf(client, table, shard, createdBefore)),
    async find(id) {
      const get = new GetItemCommand({ TableName: table, Key: marshall({ id }), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item === undefined ? null : toOpenExecution(Item);
    },
    noteResent: (queued, now) => noteResent(client, table, queued, now),
  };
}

/** Ids sort by their time: https://github.com/ulid/spec, ten characters of it. */
async function* idsOf(
  client: DynamoDBClient,
  table: string,
  shard: string,
  createdBefore: Date,
): AsyncGenerator<string> {
  let from: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: executionsTable.openIndex.name,
        KeyConditionExpression: 'openShard = :shard AND id < :before',
        ExpressionAttributeValues: marshall({
          ':shard': shard,
          ':before': `exe_${encodeTime(createdBefore.getTime(), 10)}`,
        }),
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    );
    for (const { id } of Items) if (id?.S !== undefined) yield id.S;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

function toOpenExecution(item: Item): OpenExecution | null {
  const { execution, sealedSecrets, resentAt } = fromItem(item);
  return isTerminal(execution.status) ? null : { execution, hasSecrets: sealedSecrets !== null, resentAt };
}

async function noteResent(
  client: DynamoDBClient,
  table: string,
  { execution: { id, attempts }, resentAt }: OpenExecution,
  now: Date,
): Promise<boolean> {
  const wasSent =
    resentAt === null ? `attribute_not_exists(${resentAttribute})` : `${resentAttribute} = :seen`;
  const note = new UpdateItemCommand({
    TableName: table,
    Key: marshall({ id }),
    ConditionExpression: `#status = :queued AND attempts = :attempts AND ${wasSent}`,
    UpdateExpression: `SET ${resentAttribute} = :now`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({
      ':queued': 'queued',
      ':attempts': attempts,
      ':now': now.getTime(),
      ...(resentAt !== null && { ':seen': resentAt.getTime() }),
    }),
  });
  return isWritten(client.send(note));
}
