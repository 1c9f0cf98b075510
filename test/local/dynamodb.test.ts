import {
  type AttributeValue,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCallLog } from '../../local/calls/call-log.ts';
import { createDynamoDb, type DynamoDb } from '../../local/dynamodb/dynamodb.ts';
import { startDynamoDbServer } from '../../local/dynamodb/dynamodb-server.ts';
import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import { clientOf, eventually } from './support/fixture-cloud.ts';
import { ITEMS_TABLE, TableName } from './support/items-table.ts';

let dynamoDb: DynamoDb;
let server: LoopbackServer;
let client: DynamoDBClient;
const calls = createCallLog();

beforeAll(async () => {
  dynamoDb = createDynamoDb({ path: ':memory:', clock: Date.now });
  dynamoDb.ensureTable(ITEMS_TABLE, 'arn:aws:dynamodb:us-east-1:000000000000:table/items');
  server = await startDynamoDbServer(dynamoDb, calls);
  client = new DynamoDBClient(clientOf(server.url));
});
afterAll(async () => {
  client.destroy();
  await server.close();
  dynamoDb.close();
});

const key = (pk: string, sk = 'x') => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk: string, rest: Record<string, AttributeValue> = {}): TransactWriteItem => ({
  Put: { TableName, Item: { ...key(pk), ...rest } },
});
const addOne = (pk: string, limit: number): TransactWriteItem => ({
  Update: {
    TableName,
    Key: key(pk),
    UpdateExpression: 'ADD n :one',
    ConditionExpression: 'attribute_not_exists(n) OR n < :limit',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':limit': { N: String(limit) } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
const transact = (...TransactItems: TransactWriteItem[]) =>
  client.send(new TransactWriteItemsCommand({ TransactItems }));
const get = async (pk: string) =>
  (await client.send(new GetItemCommand({ TableName, Key: key(pk), ConsistentRead: true }))).Item;
const refusalOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: Error & { CancellationReasons?: unknown; Item?: unknown }) => error,
  );

describe('transactions', () => {
  test('write all their items', async () => {
    await transact(put('all-1'), put('all-2'));

    expect([await get('all-1'), await get('all-2')]).toEqual([key('all-1'), key('all-2')]);
  });

  test('write nothing when one condition fails, and say which, with the item that failed it', async () => {
    await transact(put('kept', { n: { N: '5' } }));

    const refusal = await refusalOf(transact(put('unwritten'), addOne('kept', 5), put('unwritten-2')));

    expect(refusal?.name).toBe('TransactionCanceledException');
    expect(refusal?.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('kept'), n: { N: '5' } },
      },
      { Code: 'None' },
    ]);
    expect([await get('unwritten'), await get('unwritten-2')]).toEqual([undefined, undefined]);
  });

  test('report a step that does not fit its item as ValidationError', async () => {
    await transact(put('text', { n: { S: 'text' } }));
    const step: TransactWriteItem = {
      Update: {
        TableName,
        Key: key('text'),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    };

    const refusal = await refusalOf(transact(put('beside-text'), step));

    expect(refusal?.CancellationReasons).toMatchObject([{ Code: 'None' }, { Code: 'ValidationError' }]);
    expect(await get('beside-text')).toBeUndefined();
  });

  test('check a condition without writing the item', async () => {
    const check: TransactWriteItem = {
      ConditionCheck: { TableName, Key: key('absent'), ConditionExpression: 'attribute_not_exists(pk)' },
    };

    await transact(put('checked'), check);

    expect([await get('checked'), await get('absent')]).toEqual([key('checked'), undefined]);
  });

  const wrongRequests: [string, string, () => TransactWriteItem[]][] = [
    ['two operations on one item', 'ValidationException', () => [put('twice'), put('twice')]],
    [
      'a broken expression',
      'ValidationException',
      () => [put('fine'), { Put: { TableName, Item: key('b'), ConditionExpression: 'a b c' } }],
    ],
    [
      'an unknown table',
      'ResourceNotFoundException',
      () => [{ Put: { TableName: 'unknown', Item: key('u') } }],
    ],
    [
      '101 items',
      'ValidationException',
      () => Array.from({ length: 101 }, (_, index) => put(`many-${index}`)),
    ],
    ['no items', 'ValidationException', () => []],
  ];
  test.each(wrongRequests)('are refused as a whole for %s', async (_, name, items) => {
    const refusal = await refusalOf(transact(...items()));

    expect(refusal?.name).toBe(name);
  });

  test('let exactly 60 of 100 racing increments win under a limit of 60', async () => {
    const races = Array.from({ length: 100 }, (_, index) =>
      refusalOf(transact(addOne('race', 60), put(`race-${index}`))),
    );

    const refused = (await Promise.all(races)).filter((refusal) => refusal !== undefined);

    expect(refused.map(({ name }) => name)).toEqual(Array(40).fill('TransactionCanceledException'));
    expect((await get('race'))?.n).toEqual({ N: '60' });
  });

  test('are never seen half done by a transactional reader', async () => {
    const both = { TransactItems: ['pair-1', 'pair-2'].map((pk) => ({ Get: { TableName, Key: key(pk) } })) };
    const writes = Array.from({ length: 100 }, (_, n) =>
      transact(put('pair-1', { n: { N: String(n) } }), put('pair-2', { n: { N: String(n) } })),
    );
    const reads = Array.from({ length: 100 }, () => client.send(new TransactGetItemsCommand(both)));

    const [pairs] = await Promise.all([Promise.all(reads), Promise.all(writes)]);

    for (const { Responses } of pairs) expect(Responses?.[0]?.Item?.n).toEqual(Responses?.[1]?.Item?.n);
  });

  test('run once for one client token, and refuse the token for other items', async () => {
    const send = (item: TransactWriteItem) =>
      client.send(new TransactWriteItemsCommand({ TransactItems: [item], ClientRequestToken: 'token-1' }));
    const unconditional: TransactWriteItem = {
      Update: {
        TableName,
        Key: key('once'),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    };

    await send(unconditional);
    await send(unconditional);
    const refusal = await refusalOf(send(put('other')));

    expect((await get('once'))?.n).toEqual({ N: '1' });
    expect(refusal?.name).toBe('IdempotentParameterMismatchException');
  });

  test('cost twice the units, per table and index', async () => {
    const TransactItems = [put('cost-1', { status: { S: 'open' }, label: { S: 'l' } }), put('cost-2')];

    const { ConsumedCapacity } = await client.send(
      new TransactWriteItemsCommand({ TransactItems, ReturnConsumedCapacity: 'INDEXES' }),
    );

    expect(ConsumedCapacity).toEqual([
      {
        TableName,
        CapacityUnits: 6,
        WriteCapacityUnits: 6,
        Table: { CapacityUnits: 4, WriteCapacityUnits: 4 },
        GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 2, WriteCapacityUnits: 2 } },
      },
    ]);
  });
});

describe('single writes', () => {
  test('return the item that failed their condition', async () => {
    await transact(put('present', { n: { N: '1' } }));

    const refusal = await refusalOf(
      client.send(
        new PutItemCommand({
          TableName,
          Item: key('present'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );

    expect(refusal?.name).toBe('ConditionalCheckFailedException');
    expect(refusal?.Item).toEqual({ ...key('present'), n: { N: '1' } });
  });

  test('count an index write only when the projected attributes change', async () => {
    await transact(put('projected', { status: { S: 'open' }, label: { S: 'a' } }));
    const update = (attribute: string) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: key('projected'),
          UpdateExpression: 'SET #a = :v',
          ExpressionAttributeNames: { '#a': attribute },
          ExpressionAttributeValues: { ':v': { S: 'new' } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );

    const units = [];
    for (const attribute of ['unprojected', 'label', 'status']) {
      units.push((await update(attribute)).ConsumedCapacity?.CapacityUnits);
    }

    // Table only; table and index; table and both the old and the new place in the index.
    expect(units).toEqual([1, 2, 3]);
  });
});

describe('reads', () => {
  test('page through an index, newest first, with its projection', async () => {
    const items = Array.from({ length: 7 }, (_, index) => ({
      PutRequest: {
        Item: { ...key('paged', `s${index}`), status: { S: 'paged' }, label: { S: 'l' }, other: { S: 'o' } },
      },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: items } }));

    const found: string[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'byStatus',
          KeyConditionExpression: '#s = :s',
          ExpressionAttributeNames: { '#s': 'status' },
          ExpressionAttributeValues: { ':s': { S: 'paged' } },
          ScanIndexForward: false,
          Limit: 3,
          ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
        }),
      );
      for (const item of page.Items ?? []) {
        expect(Object.keys(item).sort()).toEqual(['label', 'pk', 'sk', 'status']);
        found.push(item.sk?.S ?? '');
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);

    expect(found).toEqual(['s6', 's5', 's4', 's3', 's2', 's1', 's0']);
  });

  test('cut a page at one MiB', async () => {
    const large = { blob: { S: 'x'.repeat(300_000) } };
    for (let index = 0; index < 6; index += 1) {
      await client.send(new PutItemCommand({ TableName, Item: { ...key('large', `s${index}`), ...large } }));
    }

    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'large' } },
      }),
    );

    expect([page.Count, page.LastEvaluatedKey]).toEqual([4, key('large', 's3')]);
  });

  test('scan with a filter', async () => {
    await transact(put('scanned', { mark: { S: 'me' } }));

    const found = [];
    const input = {
      TableName,
      FilterExpression: 'mark = :m',
      ExpressionAttributeValues: { ':m': { S: 'me' } },
    };
    for await (const { Items } of paginateScan({ client }, input)) found.push(...(Items ?? []));

    expect(found).toEqual([{ ...key('scanned'), mark: { S: 'me' } }]);
  });

  test('describe the table as active', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));

    expect([Table?.TableStatus, Table?.GlobalSecondaryIndexes?.[0]?.IndexStatus]).toEqual([
      'ACTIVE',
      'ACTIVE',
    ]);
  });
});

describe('time to live', () => {
  test('deletes what has expired, from its index too, and keeps the rest', async () => {
    dynamoDb.setTimeToLive(TableName, { Enabled: true, AttributeName: 'expiresAt' });
    const nowSeconds = Math.floor(Date.now() / 1000);
    const at = (seconds: number) => ({ status: { S: 'ttl' }, expiresAt: { N: String(seconds) } });
    const tenYears = 10 * 365 * 24 * 3600;
    await transact(
      put('expired', at(nowSeconds - 5)),
      put('living', at(nowSeconds + 60)),
      put('ancient', at(nowSeconds - tenYears)),
      put('not-a-number', { expiresAt: { S: '1' } }),
    );

    await eventually(async () => ((await get('expired')) === undefined ? true : undefined));

    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: 'ttl' } },
      }),
    );
    expect(Items?.map((item) => item.pk?.S).sort()).toEqual(['ancient', 'living']);
    expect(await get('not-a-number')).toBeDefined();
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  });
});

test('every call is counted with its units', async () => {
  calls.reset();

  await transact(put('counted-1'), put('counted-2'));
  await get('counted-1');
  await refusalOf(client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'no sort key' } } })));

  const common = { service: 'dynamodb', resource: TableName, caller: 'outside' };
  expect(calls.counts()).toEqual([
    { ...common, operation: 'TransactWriteItems', calls: 1, errors: 0, readUnits: 0, writeUnits: 4 },
    { ...common, operation: 'GetItem', calls: 2, errors: 1, readUnits: 1, writeUnits: 0 },
  ]);
});
