import {
  type ConsumedCapacity,
  presentCapacity,
  readCapacity,
  readUnits,
  TRANSACTION_FACTOR,
} from './capacity.ts';
import { type Input, type Item, runInOneTurn, validate } from './dynalite.ts';
import { DynamoDbError } from './dynamodb-error.ts';
import type { ItemStore } from './item-store.ts';
import type { Answer } from './plain-operations.ts';

const MAX_ITEMS = 100;

/** TransactGetItems: all items as they are in one turn of the event loop, so no write falls between them. */
export function transactGet(store: ItemStore, input: Input): Answer {
  const items = input.TransactItems;
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ITEMS) {
    throw new DynamoDbError(
      'ValidationException',
      `TransactItems must have between 1 and ${MAX_ITEMS} members`,
    );
  }
  const reads = items.map((entry: { Get?: Input }) => {
    if (!entry.Get) throw new DynamoDbError('ValidationException', 'TransactItems can only contain Get');
    const get = validate('getItem', { ...entry.Get, ConsistentRead: true }, store);
    const table = store.table(String(get.TableName));
    const { Item } = runInOneTurn('getItem', store, get);
    const stored = store.item(table, get.Key as Item);
    return {
      table: table.TableName,
      units: readUnits(stored) * TRANSACTION_FACTOR,
      response: Item ? { Item } : {},
    };
  });
  const consumed = [...new Set(reads.map(({ table }) => table))].map((table): ConsumedCapacity => {
    const units = reads.filter((one) => one.table === table).reduce((sum, one) => sum + one.units, 0);
    return readCapacity(table, units);
  });
  const shown = consumed
    .map((entry) => presentCapacity(entry, input.ReturnConsumedCapacity, true))
    .filter((entry) => entry !== undefined);
  const output = { Responses: reads.map(({ response }) => response) };
  return { output: shown.length > 0 ? { ...output, ConsumedCapacity: shown } : output, consumed };
}
