import { StartError } from '../start-error.ts';
import {
  expressions,
  type IndexDescription,
  type Input,
  type TableDescription,
  validate,
} from './dynalite.ts';
import type { ItemStore } from './item-store.ts';

/** The table of a template in the wire form of CreateTable. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
    readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
  }[];
}

/**
 * Creates a table, or brings a stored one to the template's state: indexes are rebuilt when they changed.
 * A changed primary key can't be migrated and throws, as a replacement in CloudFormation would lose the data.
 */
export function ensureTable(store: ItemStore, definition: TableDefinition, arn: string): void {
  const wanted = describe(store, definition, arn);
  const stored = store.findTable(definition.TableName);
  if (stored === undefined) {
    store.saveTable(wanted);
    return;
  }
  if (primaryKeyOf(stored) !== primaryKeyOf(wanted)) {
    throw new StartError(
      `Table ${definition.TableName} has another primary key in the data directory than in the template. ` +
        'Delete the data directory, or start with another one.',
    );
  }
  if (indexesOf(stored) !== indexesOf(wanted)) rebuildIndexes(store, stored, wanted);
}

/** Checks the definition as CreateTable does and returns what DescribeTable shows. */
function describe(store: ItemStore, definition: TableDefinition, arn: string): TableDescription {
  const input = structuredClone({ ...definition, BillingMode: 'PAY_PER_REQUEST' }) as unknown as Input;
  const { BillingMode: _, ...checked } = validate('createTable', input, store);
  const none = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
  const indexes = (checked.GlobalSecondaryIndexes ?? []) as IndexDescription[];
  const described = indexes.map((index) => ({
    ...index,
    IndexArn: `${arn}/index/${index.IndexName}`,
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: none,
  }));
  return {
    ...checked,
    ...(described.length > 0 ? { GlobalSecondaryIndexes: described } : {}),
    TableArn: arn,
    TableStatus: 'ACTIVE',
    CreationDateTime: Date.now() / 1000,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ProvisionedThroughput: none,
  } as unknown as TableDescription;
}

function rebuildIndexes(store: ItemStore, stored: TableDescription, wanted: TableDescription): void {
  const indexes = wanted.GlobalSecondaryIndexes ?? [];
  store.atomically(() => {
    for (const { IndexName } of stored.GlobalSecondaryIndexes ?? [])
      store.clearIndex(stored.TableName, IndexName);
    for (const item of store.items(wanted.TableName)) {
      for (const entry of expressions.getIndexActions(indexes, undefined, item, wanted).puts) {
        store.putIndexEntry(wanted.TableName, entry.index, entry.key, entry.item);
      }
    }
    store.saveTable(wanted);
  });
}

function primaryKeyOf(table: TableDescription): string {
  const types = table.AttributeDefinitions as { AttributeName: string; AttributeType: string }[];
  const typeOf = (name: string) => types.find((one) => one.AttributeName === name)?.AttributeType;
  return JSON.stringify(table.KeySchema.map(({ AttributeName }) => [AttributeName, typeOf(AttributeName)]));
}

function indexesOf(table: TableDescription): string {
  const essence = (table.GlobalSecondaryIndexes ?? []).map((index) => {
    const { IndexName, KeySchema, Projection } = index as IndexDescription & { Projection?: unknown };
    return { IndexName, KeySchema, Projection };
  });
  return JSON.stringify([essence, table.AttributeDefinitions]);
}
