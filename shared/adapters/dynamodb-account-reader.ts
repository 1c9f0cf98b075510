import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { accountOfTenant, accountOfUser, accountSchema } from '../domain/account.ts';
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
    async find(tenant, user) {
      const account = user === undefined ? accountOfTenant(tenant) : accountOfUser(tenant, user);
      const Key = marshall({ account });
      const { Item } = await client.send(
        new GetItemCommand({ TableName: ledgerTable, Key, ConsistentRead: true }),
      );
      return Item === undefined ? null : accountSchema.parse(unmarshall(Item));
    },
  };
}
