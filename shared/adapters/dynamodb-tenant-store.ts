import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { accountOfTenant, openAccount } from '../domain/account.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { createDynamoAccountReader } from './dynamodb-account-reader.ts';
import { isConditionFailure } from './is-condition-failure.ts';

/** A tenant exists when the ledger has an account for it. */
export function createDynamoTenantStore({
  client,
  ledgerTable,
}: {
  client: DynamoDBClient;
  ledgerTable: string;
}): TenantStore {
  return {
    ...createDynamoAccountReader({ client, ledgerTable }),

    async ensure(tenant, quota, now) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: ledgerTable,
            Item: marshall(openAccount(accountOfTenant(tenant), quota, now)),
            ConditionExpression: 'attribute_not_exists(account)',
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },
  };
}
