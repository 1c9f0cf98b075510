import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { appendAudit, controlKey, fromControlItem, toVersioned } from './control-item.ts';
import { writeTransaction } from './write-transaction.ts';

export interface VersionedRecordsOptions<Value extends object> {
  client: DynamoDBClient;
  table: string;
  kind: string;
  schema: z.ZodType<Value>;
  initial: Value;
}

/** One kind of record in the control table. */
export function createDynamoVersionedRecords<Value extends object>({
  client,
  table,
  kind,
  schema,
  initial,
}: VersionedRecordsOptions<Value>): VersionedRecords<Value> {
  return {
    async read(id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: controlKey(kind, id), ConsistentRead: true }),
      );
      return toVersioned(Item && fromControlItem(Item), schema, initial);
    },

    async replace(id, next, audit) {
      const reasons = await writeTransaction(client, [
        {
          Put: {
            TableName: table,
            Item: { ...controlKey(kind, id), ...marshall(next, { removeUndefinedValues: true }) },
            ConditionExpression: next.version === 1 ? 'attribute_not_exists(version)' : 'version = :seen',
            ...(next.version > 1 && { ExpressionAttributeValues: marshall({ ':seen': next.version - 1 }) }),
          },
        },
        appendAudit(table, audit),
      ]);
      return reasons === null;
    },
  };
}
