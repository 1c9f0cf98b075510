import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { fromItem, type Item } from '../../shared/adapters/execution-item.ts';
import { accountSchema } from '../../shared/domain/account.ts';
import type { Records } from './find-breaches.ts';

/** Reads whole tables, strongly consistent: for a service at rest, and for a machine that has nothing better to do. */
export async function readRecords({
  client,
  executionsTable,
  ledgerTable,
}: {
  client: DynamoDBClient;
  executionsTable: string;
  ledgerTable: string;
}): Promise<Records> {
  const executions = await scan(client, executionsTable);
  const lines = await scan(client, ledgerTable);
  return {
    // Beside the executions there are the keys of requests, which belong to no tenant.
    executions: executions
      .filter(({ tenant }) => tenant !== undefined)
      .map((item) => fromItem(item).execution),
    accounts: lines
      // Beside the accounts there are counters of requests and creations, which have no quota.
      .filter(({ executionsLimit }) => executionsLimit !== undefined)
      .map((item) => accountSchema.parse(unmarshall(item))),
  };
}

async function scan(client: DynamoDBClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}
