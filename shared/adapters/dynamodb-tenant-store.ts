import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accountOfTenant, openAccount } from '../domain/account.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { createDynamoAccountReader } from './dynamodb-account-reader.ts';
import { putNewAccount } from './put-new-account.ts';

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

    ensure: (tenant, quota, now) =>
      putNewAccount(client, ledgerTable, openAccount(accountOfTenant(tenant), quota, now)),
  };
}
