import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { createCallLog } from '../../../local/calls/call-log.ts';
import { createDynamoDb } from '../../../local/dynamodb/dynamodb.ts';
import { startDynamoDbServer } from '../../../local/dynamodb/dynamodb-server.ts';
import { ITEMS_TABLE, TableName } from './items-table.ts';

/** `node write-pairs.ts <file>`: writes pairs of items in transactions until it is killed; says how far it is. */
const dynamoDb = createDynamoDb({ path: process.argv[2] ?? ':memory:', clock: Date.now });
dynamoDb.ensureTable(ITEMS_TABLE, 'arn:table');
const server = await startDynamoDbServer(dynamoDb, createCallLog());
const client = new DynamoDBClient({
  endpoint: server.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
});

const write = async (n: number) => {
  const item = (pk: string) => ({
    Put: {
      TableName,
      Item: {
        pk: { S: pk },
        sk: { S: String(n) },
        status: { S: `round-${n}` },
        padding: { S: 'x'.repeat(5_000) },
      },
    },
  });
  await client.send(new TransactWriteItemsCommand({ TransactItems: [item('left'), item('right')] }));
  process.stdout.write(`${n}\n`);
};
for (let n = 0; ; n += 4) await Promise.all([0, 1, 2, 3].map((offset) => write(n + offset)));
