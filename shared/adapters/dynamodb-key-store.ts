import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type KeyRecord, keyRecordSchema } from '../contract/api-key.ts';
import { controlTable } from '../contract/tables.ts';
import { CordonError } from '../domain/cordon-error.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { appendAudit } from './control-item.ts';
import type { Item } from './execution-item.ts';
import { writeTransaction } from './write-transaction.ts';

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

    async create(record, audit) {
      const reasons = await writeTransaction(client, [
        {
          Put: {
            TableName: table,
            Item: marshall({ recordKind, recordId: record.id, ...record }),
            ConditionExpression: 'attribute_not_exists(recordKind)',
          },
        },
        ...(audit === undefined ? [] : [appendAudit(table, audit)]),
      ]);
      if (reasons !== null) throw new CordonError('conflict', 'There is a key with this id.');
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

    async revoke(id, audit) {
      const reasons = await writeTransaction(client, [
        {
          Delete: {
            TableName: table,
            Key: keyOf(id),
            ConditionExpression: 'attribute_exists(recordKind)',
          },
        },
        ...(audit === undefined ? [] : [appendAudit(table, audit)]),
      ]);
      return reasons === null;
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
