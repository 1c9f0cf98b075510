import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { accountOfTenant, accountSchema } from '../domain/account.ts';
import type { AccountReader } from '../ports/account-reader.ts';

/** Accounts in the ledger. */
export function createDynamoAccountReader({
  client,
  ledgerTable,
}: {
  client: DynamoDBClient;
  ledgerTable: string;
}): AccountReader {
  return {
    async find(tenant) {
      const Key = marshall({ account: accountOfTenant(tenant) });
      const { Item } = await client.send(
        new GetItemCommand({ TableName: ledgerTable, Key, ConsistentRead: true }),
      );
      return Item === undefined ? null : accountSchema.parse(unmarshall(Item));
    },
  };
}
