import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { encodeTime } from 'ulid';
import { executionsTable } from '../contract/tables.ts';
import { isTerminal } from '../domain/execution.ts';
import type { OpenExecution, OpenExecutions } from '../ports/open-executions.ts';
import { fromItem, type Item, resentAttribute } from './execution-item.ts';
import { isWritten } from './is-condition-failure.ts';
import { listShardedIndex } from './list-sharded-index.ts';

interface Options {
  client: DynamoDBClient;
  executionsTable: string;
}

/** By the sparse index that an execution is in from its admission to its end. */
export function createDynamoOpenExecutions({ client, executionsTable: table }: Options): OpenExecutions {
  return {
    // Ids sort by their time: https://github.com/ulid/spec, ten characters of it.
    listIds: (createdBefore) =>
      listShardedIndex(
        client,
        table,
        executionsTable.openIndex,
        `exe_${encodeTime(createdBefore.getTime(), 10)}`,
      ),
    async find(id) {
      const get = new GetItemCommand({ TableName: table, Key: marshall({ id }), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item === undefined ? null : toOpenExecution(Item);
    },
    noteResent: (queued, now) => noteResent(client, table, queued, now),
  };
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
