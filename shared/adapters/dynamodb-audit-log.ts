import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AuditLog } from '../ports/audit-log.ts';
import { toAuditItem } from './control-item.ts';
import { isConditionFailure } from './is-condition-failure.ts';

/** Audit records in the control table. */
export function createDynamoAuditLog({ client, table }: { client: DynamoDBClient; table: string }): AuditLog {
  return {
    async append(record) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: toAuditItem(record),
            ConditionExpression: 'attribute_not_exists(recordKind)',
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },
  };
}
