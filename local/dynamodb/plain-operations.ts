import { type ConsumedCapacity, presentCapacity, readCapacity, writeCapacity } from './capacity.ts';
import {
  type Input,
  type Item,
  type OperationName,
  type Output,
  runInOneTurn,
  runStreamed,
  validate,
} from './dynalite.ts';
import { DynamoDbError, refusalIn } from './dynamodb-error.ts';
import type { ItemStore } from './item-store.ts';

/** What an operation answers, and the capacity it consumed whether or not the caller asked to see it. */
export interface Answer {
  readonly output: Output;
  readonly consumed: readonly ConsumedCapacity[];
}

interface ReportedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/** An eventually consistent read of nothing still costs half a unit. */
const LEAST_READ_UNITS = 0.5;

/** PutItem, UpdateItem, DeleteItem and BatchWriteItem: item and index entries are one atomic write. */
export function write(
  store: ItemStore,
  name: 'putItem' | 'updateItem' | 'deleteItem' | 'batchWriteItem',
  input: Input,
): Answer {
  const { ReturnConsumedCapacity: detail, ReturnValuesOnConditionCheckFailure: onFailure } = input;
  const checked = metered(validate(name, input, store));
  store.takeWrites();
  let output: Output;
  try {
    output = store.atomically(() => runInOneTurn(name, store, checked));
  } catch (error) {
    throw onFailure === 'ALL_OLD' ? withCurrentItem(store, checked, error) : error;
  }
  const consumed = writeCapacity(store.takeWrites());
  return answer(name, output, consumed, detail);
}

/** GetItem, BatchGetItem and DescribeTable. */
export function read(
  store: ItemStore,
  name: 'getItem' | 'batchGetItem' | 'describeTable',
  input: Input,
): Answer {
  const { ReturnConsumedCapacity: detail } = input;
  const output = runInOneTurn(name, store, metered(validate(name, input, store)));
  const consumed = reportedBy(output).map((entry) => readCapacity(entry.TableName, entry.CapacityUnits));
  return answer(name, output, consumed, detail);
}

/** Query and Scan: one page is a consistent view of one moment. */
export async function readPage(store: ItemStore, name: 'query' | 'scan', input: Input): Promise<Answer> {
  const { ReturnConsumedCapacity: detail } = input;
  const output = await runStreamed(name, store, metered(validate(name, input, store)));
  const consumed = reportedBy(output).map((entry): ConsumedCapacity => {
    const units = Math.max(entry.CapacityUnits, LEAST_READ_UNITS);
    const indexes = Object.keys(entry.GlobalSecondaryIndexes ?? {});
    return {
      table: entry.TableName,
      readUnits: units,
      writeUnits: 0,
      tableUnits: indexes.length > 0 ? 0 : units,
      indexUnits: Object.fromEntries(indexes.map((index) => [index, units])),
    };
  });
  return answer(name, output, consumed, detail);
}

const metered = (input: Input): Input => ({ ...input, ReturnConsumedCapacity: 'INDEXES' });

const isBatch = (name: OperationName): boolean => name === 'batchGetItem' || name === 'batchWriteItem';

function reportedBy(output: Output): ReportedCapacity[] {
  const reported = output.ConsumedCapacity ?? [];
  return (Array.isArray(reported) ? reported : [reported]) as ReportedCapacity[];
}

function answer(
  name: OperationName,
  { ConsumedCapacity: _, ...output }: Output,
  consumed: readonly ConsumedCapacity[],
  detail: unknown,
): Answer {
  const presented = consumed.map((entry) => presentCapacity(entry, detail, false)).filter(Boolean);
  if (presented.length === 0) return { output, consumed };
  return { output: { ...output, ConsumedCapacity: isBatch(name) ? presented : presented[0] }, consumed };
}

/** Adds the item that failed a condition; it can't have changed since, the check was in this very turn. */
function withCurrentItem(store: ItemStore, input: Input, error: unknown): unknown {
  const refusal = refusalIn(error);
  if (refusal?.type !== 'ConditionalCheckFailedException') return error;
  const current = store.item(store.table(String(input.TableName)), (input.Key ?? input.Item) as Item);
  return current === undefined
    ? error
    : new DynamoDbError('ConditionalCheckFailedException', refusal.message, { Item: current });
}
