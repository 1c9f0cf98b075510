import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import * as z from 'zod';
import { createKey } from '../functions/admin/create-key.ts';
import { stackName } from '../infra/stack-name.ts';
import { createDynamoKeyStore } from '../shared/adapters/dynamodb-key-store.ts';
import { createDynamoTenantStore } from '../shared/adapters/dynamodb-tenant-store.ts';
import { createKeyRequestSchema } from '../shared/contract/api-key.ts';
import { parseInput } from '../shared/contract/parse-input.ts';
import { CordonError } from '../shared/domain/cordon-error.ts';

/**
 * `npm run create-key -- --tenant acme --scopes admin,execute,read`: creates a key with the owner's AWS
 * credentials, straight in the deployed tables. The first admin key is made this way.
 */
const outputsFile = 'cdk.out/outputs.json';
const outputsSchema = z.object({
  [stackName]: z.object({ ApiUrl: z.string(), ControlTable: z.string(), LedgerTable: z.string() }),
});

const { values } = parseArgs({
  options: { tenant: { type: 'string' }, scopes: { type: 'string' }, label: { type: 'string' } },
});

try {
  await main();
} catch (error) {
  if (!(error instanceof CordonError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const request = parseInput(createKeyRequestSchema, {
    tenant: values.tenant,
    scopes: values.scopes?.split(','),
    label: values.label,
  });
  const outputs = await readOutputs();
  const client = new DynamoDBClient({});
  const created = await createKey(
    {
      keys: createDynamoKeyStore({ client, table: outputs.ControlTable }),
      tenants: createDynamoTenantStore({ client, ledgerTable: outputs.LedgerTable }),
      clock: () => new Date(),
      newId: (now) => ulid(now.getTime()),
    },
    // Whoever has AWS credentials for the tables needs no key.
    { tenant: 'owner', keyId: 'aws-credentials', scopes: ['admin'] },
    request,
  );
  console.log(JSON.stringify({ url: outputs.ApiUrl, ...created }, null, 2));
}

async function readOutputs(): Promise<z.infer<typeof outputsSchema>[typeof stackName]> {
  const text = await readFile(outputsFile, 'utf8').catch(() => '{}');
  const outputs = outputsSchema.safeParse(JSON.parse(text));
  if (outputs.success) return outputs.data[stackName];
  throw new CordonError(
    'not_found',
    `${outputsFile} doesn't name the stack's tables: run "npm run deploy" first.`,
  );
}
