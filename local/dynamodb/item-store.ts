import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { type Callback, expressions, type Item, type TableDescription } from './dynalite.ts';
import { DynamoDbError } from './dynamodb-error.ts';
import { sizeOf } from './item-size.ts';

/** One item, or one entry of a secondary index, that an operation changed: the source of its write units. */
export interface ObservedWrite {
  readonly table: string;
  /** Nothing for the item itself. */
  readonly index?: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

const MAX_ITEM_BYTES = 409_600;
/** DynamoDB stops a page at 1 MiB of items; dynalite cuts exactly, so reading slightly more is enough. */
const PAGE_BYTES = 1_048_576 + MAX_ITEM_BYTES;

/**
 * The storage port that dynalite's operations are written against, over one SQLite database.
 *
 * Every call answers at once, so an operation runs in one turn of the event loop, and `atomically` makes its
 * writes (the item and each index entry) one SQLite transaction: a crash leaves all of it or none.
 */
export interface ItemStore {
  readonly database: DatabaseSync;
  /** Commits when `work` returns, rolls back when it throws. */
  atomically<T>(work: () => T): T;
  table(name: string): TableDescription;
  findTable(name: string): TableDescription | undefined;
  saveTable(table: TableDescription): void;
  tableNames(): string[];
  item(table: TableDescription, key: Item): Item | undefined;
  items(tableName: string): Item[];
  clearIndex(tableName: string, index: string): void;
  putIndexEntry(tableName: string, index: string, key: string, item: Item): void;
  /** What was written since the last call. */
  takeWrites(): ObservedWrite[];
}

export function createItemStore(path: string): ItemStore {
  const database = new DatabaseSync(path);
  // WAL + NORMAL: a commit survives the death of this process, not a power cut, and costs no fsync.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS entries (space TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (space, key))',
  );
  const select = database.prepare('SELECT value FROM entries WHERE space = ? AND key = ?');
  const upsert = database.prepare(
    'INSERT INTO entries (space, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM entries WHERE space = ? AND key = ?');
  const removeAll = database.prepare('DELETE FROM entries WHERE space = ?');
  const everything = database.prepare('SELECT key, value FROM entries WHERE space = ? ORDER BY key');

  const tables = new Map<string, TableDescription>();
  for (const row of everything.all('table')) {
    const table = JSON.parse(String(row.value)) as TableDescription;
    tables.set(table.TableName, table);
  }
  let writes: ObservedWrite[] = [];

  const read = (space: string, key: string): Item | undefined => {
    const row = select.get(space, key);
    return row === undefined ? undefined : (JSON.parse(String(row.value)) as Item);
  };

  const requireTable = (name: string): TableDescription => {
    const table = tables.get(name);
    if (table === undefined) {
      throw new DynamoDbError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${name} not found`,
      );
    }
    return table;
  };

  const range = createRangeReader(database);

  /** dynalite's view of one keyspace. Locks pass through: nothing else runs during an operation. */
  const keyspace = (space: string, owner: Pick<ObservedWrite, 'table' | 'index'>) => ({
    lock: (_key: string, work: (release: <F>(done: F) => F) => void) => work((done) => done),
    get: (key: string, done: Callback<Item>) => done(null, read(space, key)),
    put(key: string, item: Item, done: Callback<void>) {
      // As stored: attributes that an index projects and the item lacks are undefined in what comes in.
      const value = JSON.stringify(item);
      const after = JSON.parse(value) as Item;
      if (sizeOf(after) > MAX_ITEM_BYTES) return done(tooLarge());
      const before = read(space, key);
      const unchanged = owner.index !== undefined && JSON.stringify(before) === value;
      if (!unchanged) {
        upsert.run(space, key, value);
        writes.push({ ...owner, before, after });
      }
      done(null);
    },
    del(key: string, done: Callback<void>) {
      writes.push({ ...owner, before: read(space, key), after: undefined });
      remove.run(space, key);
      done(null);
    },
    createValueStream: (bounds: KeyRange) => Readable.from(range(space, bounds)),
  });

  /** The object handed to dynalite; it looks members up by these names. */
  const store = {
    options: { maxItemSize: MAX_ITEM_BYTES },
    getTable(name: string, checkStatusOrDone: unknown, maybeDone?: Callback<TableDescription>) {
      const done = maybeDone ?? (checkStatusOrDone as Callback<TableDescription>);
      const table = tables.get(name);
      if (table === undefined) {
        return done(new DynamoDbError('ResourceNotFoundException', 'Requested resource not found'));
      }
      done(null, table);
    },
    getItemDb: (table: string) => keyspace(`item-${table}`, { table }),
    getIndexDb: (kind: string, table: string, index: string) =>
      keyspace(indexSpace(kind, table, index), { table, index }),

    database,
    atomically<T>(work: () => T): T {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    table: requireTable,
    findTable: (name: string) => tables.get(name),
    saveTable(table: TableDescription) {
      upsert.run('table', table.TableName, JSON.stringify(table));
      tables.set(table.TableName, table);
    },
    tableNames: () => [...tables.keys()].sort(),
    item: (table: TableDescription, key: Item) =>
      read(`item-${table.TableName}`, expressions.createKey(key, table)),
    items: (tableName: string) =>
      everything.all(`item-${tableName}`).map((row) => JSON.parse(String(row.value)) as Item),
    clearIndex: (table: string, index: string) => {
      removeAll.run(indexSpace('global', table, index));
    },
    putIndexEntry: (table: string, index: string, key: string, item: Item) => {
      upsert.run(indexSpace('global', table, index), key, JSON.stringify(item));
    },
    takeWrites() {
      const taken = writes;
      writes = [];
      return taken;
    },
  };
  return store;
}

const tooLarge = () =>
  new DynamoDbError('ValidationException', 'Item size to update has exceeded the maximum allowed size');

const indexSpace = (kind: string, table: string, index: string): string =>
  `index-${kind.toLowerCase()}~${table}~${index}`;

/** Reads the rows of a key range up to one page, in one go: a page is a consistent view of its moment. */
function createRangeReader(database: DatabaseSync): (space: string, bounds: KeyRange) => Item[] {
  const statements = new Map<string, StatementSync>();
  const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
  return (space, bounds) => {
    const set = (Object.keys(operators) as (keyof typeof operators)[]).filter((name) => bounds[name]);
    const conditions = set.map((name) => `AND key ${operators[name]} ?`).join(' ');
    const sql = `SELECT value FROM entries WHERE space = ? ${conditions} ORDER BY key ${bounds.reverse ? 'DESC' : 'ASC'} LIMIT ?`;
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);

    const rows: Item[] = [];
    let bytes = 0;
    for (const row of statement.iterate(
      space,
      ...set.map((name) => bounds[name] ?? ''),
      bounds.limit ?? -1,
    )) {
      const item = JSON.parse(String(row.value)) as Item;
      rows.push(item);
      bytes += expressions.itemSize(item, true);
      if (bytes > PAGE_BYTES) break;
    }
    return rows;
  };
}
