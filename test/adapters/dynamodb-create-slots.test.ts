import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDynamoCreateSlots } from '../../shared/adapters/dynamodb-create-slots.ts';
import type { CreateSlots } from '../../shared/ports/create-slots.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';

let nowMs = 1_000_000;
let tables: LocalTables;
let slots: CreateSlots;

beforeEach(async () => {
  tables = await startLocalTables();
  const clock = () => new Date(nowMs);
  slots = createDynamoCreateSlots({ client: tables.client, ledgerTable: 'ledger', backend: 'e2b', clock });
});

afterEach(() => tables.close());

test('the first place is now, the next ones an interval apart', async () => {
  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 0 });
  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 200 });
  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 400 });
});

test('a place that is too far off is not taken', async () => {
  await slots.take(200, 1_000);

  expect(await slots.take(200, 100)).toEqual({ isTaken: false, waitMs: 200 });
  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 200 });
});

test('a pause earns no burst', async () => {
  await slots.take(200, 1_000);
  nowMs += 60_000;

  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 0 });
  expect(await slots.take(200, 1_000)).toEqual({ isTaken: true, waitMs: 200 });
});

test('of many racing executors exactly those within the wait get a place, no two the same', async () => {
  const results = await Promise.all(Array.from({ length: 40 }, () => slots.take(100, 1_000)));

  const waits = results.filter(({ isTaken }) => isTaken).map(({ waitMs }) => waitMs);
  expect(waits.sort((a, b) => a - b)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);
});
