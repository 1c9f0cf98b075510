import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import * as z from 'zod';
import { type CordonClient, createCordonClient } from '../scripts/cordon-client.ts';
import { createLocalDynamoDb, findTables } from '../scripts/records/read-service-records.ts';
import type { Service } from '../scripts/start-service.ts';
import type { Figure } from './figure.ts';
import { round, summarize, timeEach } from './statistics.ts';

const few = 1_000;
const many = 200_000;
const repetitions = 200;
const pageSize = 50;
/** DynamoDB's most. */
const batchSize = 25;
const mostSpread = 1.2;

/** Lists and reads of one tenant with few stored executions, and with many. */
export async function measureLists(service: Service): Promise<Figure[]> {
  const client = createCordonClient({ baseUrl: service.url, key: service.keys.execute });
  const fill = await prepareFill(service, client);
  await fill(few);
  await measureBoth(client);
  const before = await measureBoth(client);
  await fill(many - few);
  await measureBoth(client);
  const after = await measureBoth(client);
  return [
    compare(`a page of ${pageSize} executions`, before.listMs, after.listMs),
    compare('one execution', before.readMs, after.readMs),
  ];
}

function compare(what: string, fewMs: number, manyMs: number): Figure {
  return {
    name: `${what}, ${many} stored`,
    measured: manyMs,
    unit: 'ms',
    target: { atMost: round(fewMs * mostSpread) },
    beside: { name: `with ${few} stored`, measured: fewMs },
  };
}

async function measureBoth(client: CordonClient): Promise<{ listMs: number; readMs: number }> {
  const page = await client.list({ limit: pageSize });
  if (!page.ok || page.body.items.length !== pageSize) throw new Error('the list is not full');
  const id = page.body.items.at(-1)?.id ?? '';
  const list = await timeEach(repetitions, async () => void (await client.list({ limit: pageSize })));
  const read = await timeEach(repetitions, async () => void (await client.get(id)));
  return { listMs: summarize(list).p50, readMs: summarize(read).p50 };
}

/** Stores copies of a real execution under ids of their own. */
async function prepareFill(
  service: Service,
  client: CordonClient,
): Promise<(count: number) => Promise<void>> {
  const answer = await client.submit({ language: 'python', source: 'print(1)' }, { waitSeconds: 25 });
  if (!answer.ok) throw new Error('nothing to copy');
  const status = await fetch(new URL('/_local/status', service.url));
  const { endpoints } = z
    .object({ endpoints: z.object({ dynamodb: z.string() }) })
    .parse(await status.json());
  const dynamodb = createLocalDynamoDb(endpoints.dynamodb);
  const { executionsTable } = await findTables(dynamodb);
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: executionsTable, Key: { id: { S: answer.body.id } } }),
  );
  if (Item === undefined) throw new Error('nothing to copy');
  return (count) => copy(dynamodb, executionsTable, Item, count);
}

async function copy(
  client: DynamoDBClient,
  table: string,
  item: Record<string, AttributeValue>,
  count: number,
): Promise<void> {
  for (let done = 0; done < count; done += batchSize) {
    const copies = Array.from({ length: Math.min(batchSize, count - done) }, () => ({
      PutRequest: { Item: { ...item, id: { S: `exe_${ulid()}` } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: copies } }));
  }
}
