import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { createCallLog } from '../../local/calls/call-log.ts';
import { createDynamoDb } from '../../local/dynamodb/dynamodb.ts';
import { startDynamoDbServer } from '../../local/dynamodb/dynamodb-server.ts';
import { createDynamoExecutionStore } from '../../shared/adapters/dynamodb-execution-store.ts';
import { createDynamoKeyStore } from '../../shared/adapters/dynamodb-key-store.ts';
import { createDynamoOpenExecutions } from '../../shared/adapters/dynamodb-open-executions.ts';
import { createDynamoOwedCallbacks } from '../../shared/adapters/dynamodb-owed-callbacks.ts';
import { createDynamoTenantStore } from '../../shared/adapters/dynamodb-tenant-store.ts';
import { controlTable, executionsTable, ledgerTable } from '../../shared/contract/tables.ts';
import { type Account, accountSchema } from '../../shared/domain/account.ts';
import type { BlobStore } from '../../shared/ports/blob-store.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { KeyStore } from '../../shared/ports/key-store.ts';
import type { OpenExecutions } from '../../shared/ports/open-executions.ts';
import type { OwedCallbacks } from '../../shared/ports/owed-callbacks.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';

export interface LocalTables {
  /** Of the local DynamoDB. */
  url: string;
  client: DynamoDBClient;
  store: ExecutionStore;
  open: OpenExecutions;
  owed: OwedCallbacks;
  tenants: TenantStore;
  keys: KeyStore;
  blobs: Map<string, Uint8Array>;
  account(tenant: string, user?: string): Promise<Account>;
  close(): Promise<void>;
}

const string = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
const hash = (name: string) => ({ AttributeName: name, KeyType: 'HASH' });
const range = (name: string) => ({ AttributeName: name, KeyType: 'RANGE' });

/** The stores of the project on the local DynamoDB, in memory, through the real SDK. */
export async function startLocalTables(clock: () => Date = () => new Date()): Promise<LocalTables> {
  const dynamoDb = createDynamoDb({ path: ':memory:', clock: () => clock().getTime() });
  const { tenantIndex, openIndex, callbackIndex } = executionsTable;
  const callbackKeys = [string(callbackIndex.partitionKey), string(callbackIndex.sortKey)];
  dynamoDb.ensureTable(
    {
      TableName: 'executions',
      AttributeDefinitions: [string('id'), string('tenant'), string('openShard'), ...callbackKeys],
      KeySchema: [hash(executionsTable.partitionKey)],
      GlobalSecondaryIndexes: [
        {
          IndexName: tenantIndex.name,
          KeySchema: [hash(tenantIndex.partitionKey), range(tenantIndex.sortKey)],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: executionsTable.tenantIndexAttributes },
        },
        {
          IndexName: openIndex.name,
          KeySchema: [hash(openIndex.partitionKey), range(openIndex.sortKey)],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: callbackIndex.name,
          KeySchema: [hash(callbackIndex.partitionKey), range(callbackIndex.sortKey)],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    },
    'arn:executions',
  );
  dynamoDb.ensureTable(
    {
      TableName: 'ledger',
      AttributeDefinitions: [string('account')],
      KeySchema: [hash(ledgerTable.partitionKey)],
    },
    'arn:ledger',
  );
  dynamoDb.ensureTable(
    {
      TableName: 'control',
      AttributeDefinitions: [string(controlTable.partitionKey), string(controlTable.sortKey)],
      KeySchema: [hash(controlTable.partitionKey), range(controlTable.sortKey)],
    },
    'arn:control',
  );

  const server = await startDynamoDbServer(dynamoDb, createCallLog());
  const client = new DynamoDBClient({
    endpoint: server.url,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const blobs = new Map<string, Uint8Array>();
  return {
    url: server.url,
    client,
    blobs,
    store: createDynamoExecutionStore({
      client,
      executionsTable: 'executions',
      ledgerTable: 'ledger',
      blobs: blobsIn(blobs),
      clock,
    }),
    open: createDynamoOpenExecutions({ client, executionsTable: 'executions' }),
    owed: createDynamoOwedCallbacks({ client, executionsTable: 'executions', blobs: blobsIn(blobs) }),
    tenants: createDynamoTenantStore({ client, ledgerTable: 'ledger' }),
    keys: createDynamoKeyStore({ client, table: 'control' }),
    async account(tenant, user) {
      const account = user === undefined ? `tenant#${tenant}` : `user#${tenant}#${user}`;
      const { Item } = await client.send(
        new GetItemCommand({ TableName: 'ledger', Key: marshall({ account }) }),
      );
      return accountSchema.parse(unmarshall(Item ?? {}));
    },
    async close() {
      client.destroy();
      await server.close();
      dynamoDb.close();
    },
  };
}

function blobsIn(map: Map<string, Uint8Array>): BlobStore {
  return {
    async put(key, bytes) {
      map.set(key, bytes);
    },
    async get(key) {
      const bytes = map.get(key);
      if (bytes === undefined) throw new Error(`no blob ${key}`);
      return bytes;
    },
  };
}
