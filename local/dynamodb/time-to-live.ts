import { type Input, type Item, runInOneTurn, validate } from './dynalite.ts';
import { DynamoDbError } from './dynamodb-error.ts';
import type { ItemStore } from './item-store.ts';

export interface TimeToLive {
  update(input: Input): Input;
  describe(input: Input): Input;
  /** Deletes what has expired, a bounded number per table and call; returns how many. */
  sweep(): number;
}

/** DynamoDB never expires what is more than five years past, to spare a wrongly set attribute. */
const OLDEST_EXPIRY_SECONDS = 5 * 365 * 24 * 3600;
const ITEMS_PER_SWEEP = 500;

/** Time to live with a real sweep. An SQLite expression index finds what has expired without a scan. */
export function createTimeToLive(store: ItemStore, clock: () => number): TimeToLive {
  const { database } = store;
  database.exec('CREATE TABLE IF NOT EXISTS ttl (table_name TEXT PRIMARY KEY, attribute TEXT NOT NULL)');
  const select = database.prepare('SELECT attribute FROM ttl WHERE table_name = ?');
  const enable = database.prepare('INSERT OR REPLACE INTO ttl (table_name, attribute) VALUES (?, ?)');
  const disable = database.prepare('DELETE FROM ttl WHERE table_name = ?');
  const all = database.prepare('SELECT table_name, attribute FROM ttl');

  return {
    update(input) {
      const table = store.table(String(input.TableName));
      const specification = input.TimeToLiveSpecification as { Enabled?: unknown; AttributeName?: unknown };
      const attribute = String(specification?.AttributeName ?? '');
      if (!/^[\w.-]{1,255}$/.test(attribute)) {
        throw new DynamoDbError('ValidationException', `TTL attribute name not supported: ${attribute}`);
      }
      if (specification.Enabled === true) {
        database.exec(
          `CREATE INDEX IF NOT EXISTS "ttl ${attribute}" ON entries (space, ${expiry(attribute)}) WHERE ${expiry(attribute)} IS NOT NULL`,
        );
        enable.run(table.TableName, attribute);
      } else {
        disable.run(table.TableName);
      }
      return { TimeToLiveSpecification: specification };
    },

    describe(input) {
      const table = store.table(String(input.TableName));
      const row = select.get(table.TableName);
      return {
        TimeToLiveDescription: row
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: row.attribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },

    sweep() {
      const nowSeconds = clock() / 1000;
      let deleted = 0;
      for (const row of all.all()) {
        const table = store.findTable(String(row.table_name));
        if (table === undefined) continue;
        const expired = database
          .prepare(
            `SELECT value FROM entries WHERE space = ? AND ${expiry(String(row.attribute))} > ? AND ${expiry(String(row.attribute))} < ? LIMIT ?`,
          )
          .all(`item-${table.TableName}`, nowSeconds - OLDEST_EXPIRY_SECONDS, nowSeconds, ITEMS_PER_SWEEP);
        if (expired.length === 0) continue;
        store.atomically(() => {
          for (const { value } of expired) {
            const item = JSON.parse(String(value)) as Item;
            const Key = Object.fromEntries(
              table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]),
            );
            runInOneTurn(
              'deleteItem',
              store,
              validate('deleteItem', { TableName: table.TableName, Key }, store),
            );
          }
        });
        deleted += expired.length;
      }
      store.takeWrites();
      return deleted;
    },
  };
}

/** The attribute's seconds since the epoch; null for an item without it or with a non-number in it. */
const expiry = (attribute: string): string => `CAST(json_extract(value, '$."${attribute}".N') AS REAL)`;
