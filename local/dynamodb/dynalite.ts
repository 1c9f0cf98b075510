import { createRequire } from 'node:module';

/** A value in DynamoDB's JSON: one type letter and its value, e.g. `{ N: '7' }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;
export type Input = Record<string, unknown>;
export type Output = Record<string, unknown>;

export type KeySchema = readonly { readonly AttributeName: string }[];
export interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
}
export interface TableDescription {
  readonly TableName: string;
  readonly KeySchema: KeySchema;
  readonly TableStatus: string;
  readonly AttributeDefinitions: readonly unknown[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
}

export type Callback<T> = (error: Error | null, value?: T) => void;
type Action = (store: unknown, input: Input, done: Callback<Output>) => void;
interface Validation {
  readonly types: unknown;
  readonly custom?: unknown;
}

/**
 * The parts of dynalite that Cordon runs in its own process: request validation, expression parsing and the
 * item operations. Its HTTP server and its LevelDB storage are left out, because an operation there spans
 * several writes and a crash can leave half of them. These are internals: the version is pinned exactly.
 */
const load = createRequire(import.meta.url);

const validations = load('dynalite/validations/index.js') as {
  checkTypes(input: Input, types: unknown): Input;
  checkValidations(input: Input, types: unknown, custom: unknown, store: unknown): void;
};

export const expressions = load('dynalite/db/index.js') as {
  validateKey(key: Item, table: TableDescription): Error | null | undefined;
  validateItem(item: Item, table: TableDescription): Error | null | undefined;
  createKey(keyOrItem: Item, table: TableDescription): string;
  /** Returns the error of a failed condition, nothing when it holds. */
  checkConditional(input: Input, item: Item | undefined): Error | null | undefined;
  itemSize(item: Item, compressed?: boolean): number;
  getIndexActions(
    indexes: readonly IndexDescription[],
    before: Item | undefined,
    after: Item | undefined,
    table: TableDescription,
  ): { puts: { index: string; key: string; item: Item }[] };
};

export type OperationName =
  | 'batchGetItem'
  | 'batchWriteItem'
  | 'deleteItem'
  | 'describeTable'
  | 'getItem'
  | 'putItem'
  | 'query'
  | 'scan'
  | 'updateItem';

const actionOf = (name: OperationName): Action => load(`dynalite/actions/${name}.js`) as Action;

/** Checks a request as DynamoDB does, parses its expressions, and returns what the action takes. */
export function validate(name: OperationName | 'createTable', input: Input, store: unknown): Input {
  const validation = load(`dynalite/validations/${name}.js`) as Validation;
  const checked = validations.checkTypes(input, validation.types);
  validations.checkValidations(checked, validation.types, validation.custom, store);
  return checked;
}

/** Runs an operation whose storage answers at once, so nothing else runs between its first read and last write. */
export function runInOneTurn(name: OperationName, store: unknown, input: Input): Output {
  let answer: { error: Error | null; value: Output | undefined } | undefined;
  actionOf(name)(store, input, (error, value) => {
    answer = { error, value };
  });
  if (answer === undefined) throw new Error(`${name} did not finish in one turn of the event loop`);
  if (answer.error) throw answer.error;
  return answer.value ?? {};
}

/** Runs a query or scan: its rows are read in the first turn, and passed through dynalite's streams after it. */
export function runStreamed(name: 'query' | 'scan', store: unknown, input: Input): Promise<Output> {
  return new Promise((resolve, reject) => {
    actionOf(name)(store, input, (error, value) => (error ? reject(error) : resolve(value ?? {})));
  });
}
