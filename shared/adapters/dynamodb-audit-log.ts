import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AuditLog } from '../ports/audit-log.ts';
import { toAuditItem } from './control-item.ts';
import { isWritten } from './is-condition-failure.ts';

/** Audit records in the control table. */
export function createDynamoAuditLog({ client, table }: { client: DynamoDBClient; table: string }): AuditLog {
  return {
    async append(record) {
      const put = new PutItemCommand({
        TableName: table,
        Item: toAuditItem(record),
        ConditionExpression: 'attribute_not_exists(recordKind)',
      });
      await isWritten(client.send(put));
    },
  };
}
