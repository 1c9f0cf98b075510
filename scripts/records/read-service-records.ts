import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Records } from './find-breaches.ts';
import { readRecords } from './read-records.ts';

/** All records of a service that runs on this machine, by the address of its DynamoDB. */
export async function readServiceRecords(endpoint: string): Promise<Records> {
  const client = createLocalDynamoDb(endpoint);
  try {
    return await readRecords({ client, ...(await findTables(client)) });
  } finally {
    client.destroy();
  }
}

export function createLocalDynamoDb(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region: 'local', credentials });
}

/** The template makes their names up. */
export async function findTables(
  client: DynamoDBClient,
): Promise<{ executionsTable: string; ledgerTable: string }> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const named = (part: string) => {
    const name = TableNames.find((table) => table.includes(part));
    if (name === undefined) throw new Error(`no table of ${part}`);
    return name;
  };
  return { executionsTable: named('executions'), ledgerTable: named('ledger') };
}
