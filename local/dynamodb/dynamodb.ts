import type { Input } from './dynalite.ts';
import { DynamoDbError } from './dynamodb-error.ts';
import { ensureTable, type TableDefinition } from './ensure-table.ts';
import { createItemStore } from './item-store.ts';
import { type Answer, read, readPage, write } from './plain-operations.ts';
import { createTimeToLive } from './time-to-live.ts';
import { transactGet } from './transact-get.ts';
import { createTransactWrite } from './transact-write.ts';

export interface DynamoDb {
  ensureTable(definition: TableDefinition, arn: string): void;
  setTimeToLive(tableName: string, specification: { Enabled: boolean; AttributeName: string }): void;
  /** Answers one API operation by its wire name; refusals are thrown in DynamoDB's wire form. */
  perform(operation: string, input: Input): Answer | Promise<Answer>;
  close(): void;
}

const SWEEP_INTERVAL_MS = 2_000;

/** DynamoDB in this process. `path` is an SQLite file, or `:memory:`. */
export function createDynamoDb({ path, clock }: { path: string; clock: () => number }): DynamoDb {
  const store = createItemStore(path);
  const timeToLive = createTimeToLive(store, clock);
  const transactWrite = createTransactWrite(store, clock);
  const free = (output: Input): Answer => ({ output, consumed: [] });

  const operations: Record<string, (input: Input) => Answer | Promise<Answer>> = {
    BatchGetItem: (input) => read(store, 'batchGetItem', input),
    BatchWriteItem: (input) => write(store, 'batchWriteItem', input),
    DeleteItem: (input) => write(store, 'deleteItem', input),
    DescribeTable: (input) => read(store, 'describeTable', input),
    DescribeTimeToLive: (input) => free(timeToLive.describe(input)),
    GetItem: (input) => read(store, 'getItem', input),
    ListTables: () => free({ TableNames: store.tableNames() }),
    PutItem: (input) => write(store, 'putItem', input),
    Query: (input) => readPage(store, 'query', input),
    Scan: (input) => readPage(store, 'scan', input),
    TransactGetItems: (input) => transactGet(store, input),
    TransactWriteItems: transactWrite,
    UpdateItem: (input) => write(store, 'updateItem', input),
    UpdateTimeToLive: (input) => free(timeToLive.update(input)),
  };

  const sweep = setInterval(() => timeToLive.sweep(), SWEEP_INTERVAL_MS);
  sweep.unref();
  return {
    ensureTable: (definition, arn) => ensureTable(store, definition, arn),
    setTimeToLive(TableName, TimeToLiveSpecification) {
      timeToLive.update({ TableName, TimeToLiveSpecification });
    },
    perform(operation, input) {
      const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (perform === undefined) {
        throw new DynamoDbError(
          'UnknownOperationException',
          `${operation} isn't available on the local cloud`,
        );
      }
      return perform(input);
    },
    close() {
      clearInterval(sweep);
      store.database.close();
    },
  };
}
