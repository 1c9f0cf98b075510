import type { Item } from './dynalite.ts';
import { sizeOf } from './item-size.ts';
import type { ObservedWrite } from './item-store.ts';

/** Capacity units of one table; the cost of its indexes is part of `readUnits` and `writeUnits`. */
export interface ConsumedCapacity {
  readonly table: string;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly tableUnits: number;
  readonly indexUnits: Readonly<Record<string, number>>;
}

/** Transactional reads and writes cost twice the units of plain ones. */
export const TRANSACTION_FACTOR = 2;

/** One unit per KiB written, of the larger of both versions, at least one. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  return Math.max(1, ...[before, after].map((item) => (item ? Math.ceil(sizeOf(item) / 1024) : 1)));
}

/** One unit per 4 KiB read with strong consistency, at least one. */
export function readUnits(item: Item | undefined): number {
  return item ? Math.max(1, Math.ceil(sizeOf(item) / 4096)) : 1;
}

/** Sums what an operation wrote: its items, and the index entries that really changed. */
export function writeCapacity(writes: readonly ObservedWrite[], factor = 1): ConsumedCapacity[] {
  return [...new Set(writes.map(({ table }) => table))].map((table) => {
    const own = writes.filter((write) => write.table === table);
    const unitsOf = (index: string | undefined) =>
      sum(
        own.filter((write) => write.index === index).map(({ before, after }) => writeUnits(before, after)),
      ) * factor;
    const indexes = new Set(own.flatMap(({ index }) => index ?? []));
    const indexUnits = Object.fromEntries([...indexes].map((index) => [index, unitsOf(index)]));
    const tableUnits = unitsOf(undefined);
    const total = tableUnits + sum(Object.values(indexUnits));
    return { table, readUnits: 0, writeUnits: total, tableUnits, indexUnits };
  });
}

export function readCapacity(table: string, units: number): ConsumedCapacity {
  return { table, readUnits: units, writeUnits: 0, tableUnits: units, indexUnits: {} };
}

/** The `ConsumedCapacity` member of an answer; only transactions name read and write units apart. */
export function presentCapacity(
  consumed: ConsumedCapacity,
  detail: unknown,
  transactional: boolean,
): Record<string, unknown> | undefined {
  if (detail !== 'TOTAL' && detail !== 'INDEXES') return undefined;
  const kind = consumed.writeUnits > 0 ? 'WriteCapacityUnits' : 'ReadCapacityUnits';
  const units = (value: number) => ({ CapacityUnits: value, ...(transactional ? { [kind]: value } : {}) });
  const indexes = Object.entries(consumed.indexUnits).map(([name, value]) => [name, units(value)]);
  return {
    TableName: consumed.table,
    ...units(consumed.readUnits + consumed.writeUnits),
    ...(detail === 'INDEXES' ? { Table: units(consumed.tableUnits) } : {}),
    ...(detail === 'INDEXES' && indexes.length > 0
      ? { GlobalSecondaryIndexes: Object.fromEntries(indexes) }
      : {}),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
