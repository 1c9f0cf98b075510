import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type KeyRecord, keyRecordSchema } from '../contract/api-key.ts';
import { controlTable } from '../contract/tables.ts';
import { CordonError } from '../domain/cordon-error.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { Item } from './execution-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';

const recordKind = controlTable.kinds.key;

/** API keys as one kind of record in the control table. */
export function createDynamoKeyStore({ client, table }: { client: DynamoDBClient; table: string }): KeyStore {
  return {
    async find(id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }),
      );
      return Item === undefined ? null : toRecord(Item);
    },

    async create(record) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ recordKind, recordId: record.id, ...record }),
            ConditionExpression: 'attribute_not_exists(recordKind)',
          }),
        );
      } catch (cause) {
        if (isConditionFailure(cause))
          throw new CordonError('conflict', 'There is a key with this id.', { cause });
        throw cause;
      }
    },

    async list(after, limit) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          Limit: limit,
          KeyConditionExpression:
            after === null ? 'recordKind = :kind' : 'recordKind = :kind AND recordId > :after',
          ExpressionAttributeValues: marshall({
            ':kind': recordKind,
            ...(after !== null && { ':after': after }),
          }),
        }),
      );
      return { items: Items.map(toRecord), next: LastEvaluatedKey?.recordId?.S ?? null };
    },

    async revoke(id) {
      const { Attributes } = await client.send(
        new DeleteItemCommand({ TableName: table, Key: keyOf(id), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}

function keyOf(id: string): Item {
  return marshall({ recordKind, recordId: id });
}

function toRecord(item: Item): KeyRecord {
  const { recordKind: _kind, recordId: _id, ...record } = unmarshall(item);
  return keyRecordSchema.parse(record);
}
