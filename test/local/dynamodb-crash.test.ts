import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDynamoDb, type DynamoDb } from '../../local/dynamodb/dynamodb.ts';
import { ITEMS_TABLE, TableName } from './support/items-table.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dynamodb-crash-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Lets a process write pairs, kills it after some milliseconds, and returns the last pair it had reported. */
async function writeUntilKilled(file: string, afterMs: number): Promise<number> {
  const script = join(import.meta.dirname, 'support', 'write-pairs.ts');
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = -1;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    last = Math.max(last, Number(line));
  });
  await once(lines, 'line');
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return last;
}

async function query(dynamoDb: DynamoDb, input: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  let start: unknown;
  do {
    const { output } = await dynamoDb.perform('Query', {
      TableName,
      ConsistentRead: true,
      ...input,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    for (const item of output.Items as { sk: { S: string } }[]) found.push(item.sk.S);
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return found.sort();
}

const itemsOf = (dynamoDb: DynamoDb, pk: string) =>
  query(dynamoDb, { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } });

test.each([5, 23, 61, 117, 190])(
  'a process killed %i ms into its transactions leaves whole ones only, and all that it had confirmed',
  async (afterMs) => {
    const file = join(directory, `killed-${afterMs}.sqlite`);

    const lastConfirmed = await writeUntilKilled(file, afterMs);

    const dynamoDb = createDynamoDb({ path: file, clock: Date.now });
    const [left, right] = [await itemsOf(dynamoDb, 'left'), await itemsOf(dynamoDb, 'right')];
    expect(left).toEqual(right);
    expect(left).toContain(String(lastConfirmed));
    for (const sk of left) {
      const inIndex = await query(dynamoDb, {
        ConsistentRead: false,
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: `round-${sk}` } },
      });
      expect(inIndex).toEqual([sk, sk]);
    }
    dynamoDb.close();
  },
);

test('a changed index is rebuilt from the items, a changed primary key is refused', async () => {
  const file = join(directory, 'changed.sqlite');
  const { GlobalSecondaryIndexes: _, ...withoutIndex } = ITEMS_TABLE;
  const before = createDynamoDb({ path: file, clock: Date.now });
  before.ensureTable(
    { ...withoutIndex, AttributeDefinitions: ITEMS_TABLE.AttributeDefinitions.slice(0, 2) },
    'arn:table',
  );
  const Item = { pk: { S: 'a' }, sk: { S: 'b' }, status: { S: 'indexed' } };
  await before.perform('PutItem', { TableName, Item });
  before.close();

  const after = createDynamoDb({ path: file, clock: Date.now });
  after.ensureTable(ITEMS_TABLE, 'arn:table');

  const found = await query(after, {
    ConsistentRead: false,
    IndexName: 'byStatus',
    KeyConditionExpression: '#s = :s',
    ExpressionAttributeNames: { '#s': 'status' },
    ExpressionAttributeValues: { ':s': { S: 'indexed' } },
  });
  expect(found).toEqual(['b']);
  const KeySchema = [{ AttributeName: 'sk', KeyType: 'HASH' }];
  const AttributeDefinitions = [{ AttributeName: 'sk', AttributeType: 'S' }];
  expect(() => after.ensureTable({ TableName, KeySchema, AttributeDefinitions }, 'arn:table')).toThrow(
    /another primary key/,
  );
  after.close();
});
