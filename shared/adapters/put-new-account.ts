import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Account } from '../domain/account.ts';
import { isWritten } from './is-condition-failure.ts';

/** Writes a new account, unless there is one of its name. */
export async function putNewAccount(client: DynamoDBClient, table: string, account: Account): Promise<void> {
  const put = new PutItemCommand({
    TableName: table,
    Item: marshall(account),
    ConditionExpression: 'attribute_not_exists(account)',
  });
  await isWritten(client.send(put));
}
