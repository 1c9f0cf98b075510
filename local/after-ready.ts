import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoKeyStore } from '../shared/adapters/dynamodb-key-store.ts';
import { createDynamoTenantStore } from '../shared/adapters/dynamodb-tenant-store.ts';
import type { LocalKeys } from './local-keys.ts';
import type { LaneReport } from './local-lanes.ts';
import { seedKeys } from './seed-keys.ts';
import type { LocalCloud } from './start-local-cloud.ts';

/** Makes the local keys and returns the lines that greet the reader; the last one says that it is ready. */
export async function afterReady(
  cloud: LocalCloud,
  dataDirectory: string,
  lanes: LaneReport,
): Promise<readonly string[]> {
  const client = new DynamoDBClient({
    endpoint: cloud.endpoints.dynamodb,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const keys = await seedKeys(
    {
      keys: createDynamoKeyStore({ client, table: cloud.output('ControlTable') }),
      tenants: createDynamoTenantStore({ client, ledgerTable: cloud.output('LedgerTable') }),
      clock: () => new Date(),
    },
    dataDirectory === ':memory:' ? null : dataDirectory,
    process.env.CORDON_ADMIN_KEY || undefined,
  );
  client.destroy();
  return greeting(cloud.url, keys, lanes);
}

function greeting(url: string, keys: LocalKeys, { on, off }: LaneReport): readonly string[] {
  return [
    '',
    `  admin key    ${keys.admin}`,
    `  execute key  ${keys.execute}`,
    '',
    `  lanes        ${on.join(', ')}`,
    ...off.map((lane) => `  off          ${lane}`),
    '',
    `  curl -s '${url}/v1/executions?wait=10' -H 'Authorization: Bearer ${keys.execute}' \\`,
    `    -H 'Content-Type: application/json' -d '{"language": "python", "source": "print(1)"}'`,
    '',
    `Cordon is ready at ${url}`,
  ];
}
