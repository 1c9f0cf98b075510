import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { shards } from '../contract/tables.ts';

export interface ShardedIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** The ids in a sparse index whose sort key is below `before`: a list for each shard, in order of that key. */
export function listShardedIndex(
  client: DynamoDBClient,
  TableName: string,
  index: ShardedIndex,
  before: string,
): AsyncGenerator<string>[] {
  return shards.map((shard) => idsOf(client, TableName, index, { shard, before }));
}

async function* idsOf(
  client: DynamoDBClient,
  TableName: string,
  { name: IndexName, partitionKey, sortKey }: ShardedIndex,
  { shard, before }: { shard: string; before: string },
): AsyncGenerator<string> {
  const pages = paginateQuery(
    { client },
    {
      TableName,
      IndexName,
      KeyConditionExpression: `${partitionKey} = :shard AND ${sortKey} < :before`,
      ExpressionAttributeValues: marshall({ ':shard': shard, ':before': before }),
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { id } of Items) if (id?.S !== undefined) yield id.S;
  }
}
