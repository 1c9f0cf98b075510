import { createHash } from 'node:crypto';
import {
  type ConsumedCapacity,
  presentCapacity,
  readCapacity,
  TRANSACTION_FACTOR,
  writeCapacity,
} from './capacity.ts';
import {
  expressions,
  type Input,
  type Item,
  runInOneTurn,
  type TableDescription,
  validate,
} from './dynalite.ts';
import { DynamoDbError, refusalIn } from './dynamodb-error.ts';
import type { ItemStore } from './item-store.ts';
import type { Answer } from './plain-operations.ts';

const ACTIONS = {
  Put: 'putItem',
  Update: 'updateItem',
  Delete: 'deleteItem',
  ConditionCheck: 'deleteItem',
} as const;
type Kind = keyof typeof ACTIONS;

interface Step {
  readonly kind: Kind;
  readonly input: Input;
  readonly table: TableDescription;
  readonly key: Item;
  readonly before: Item | undefined;
  readonly showItemOnFailure: boolean;
}
interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: Item;
}

/** How long a ClientRequestToken is remembered (AWS: TransactWriteItems, "Idempotency"). */
const TOKEN_LIFETIME_MS = 10 * 60_000;
const FORGET_INTERVAL_MS = 60_000;
const MAX_ITEMS = 100;

/**
 * TransactWriteItems: all steps or none, in one SQLite transaction and one turn of the event loop. So no
 * reader sees half of it and a crash leaves none of it. Concurrent transactions are serialised, where AWS
 * would cancel one with TransactionConflict.
 */
export function createTransactWrite(store: ItemStore, clock: () => number): (input: Input) => Answer {
  const tokens = createTokenLog(store, clock);
  return (input) => {
    const steps = parseSteps(store, input.TransactItems);
    const token = typeof input.ClientRequestToken === 'string' ? input.ClientRequestToken : undefined;
    const digest = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('hex');
    if (token !== undefined && tokens.recall(token, digest)) return replayed(steps, input);

    store.takeWrites();
    store.atomically(() => {
      const reasons = steps.map((step) => apply(store, step));
      if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
      if (token !== undefined) tokens.remember(token, digest);
    });
    // A condition check costs what a write of its item would.
    const checks = steps.filter(({ kind }) => kind === 'ConditionCheck');
    const checked = checks.map(({ table, before }) => ({ table: table.TableName, before, after: before }));
    return present(writeCapacity([...store.takeWrites(), ...checked], TRANSACTION_FACTOR), input);
  };
}

function parseSteps(store: ItemStore, items: unknown): Step[] {
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ITEMS) {
    throw new DynamoDbError(
      'ValidationException',
      `TransactItems must have between 1 and ${MAX_ITEMS} members`,
    );
  }
  const steps = items.map((item: Record<string, Input>) => parseStep(store, item));
  const targets = steps.map(({ table, key }) => `${table.TableName}/${safeKey(key, table)}`);
  if (new Set(targets).size < targets.length) {
    throw new DynamoDbError(
      'ValidationException',
      'Transaction request cannot include multiple operations on one item',
    );
  }
  return steps;
}

function parseStep(store: ItemStore, item: Record<string, Input>): Step {
  const kinds = (Object.keys(ACTIONS) as Kind[]).filter((kind) => item[kind] != null);
  const kind = kinds[0];
  const raw = kind === undefined ? undefined : item[kind];
  if (kind === undefined || raw === undefined || kinds.length > 1) {
    throw new DynamoDbError(
      'ValidationException',
      'TransactItems can only contain one of ConditionCheck, Put, Update or Delete',
    );
  }
  if (kind === 'ConditionCheck' && typeof raw.ConditionExpression !== 'string') {
    throw new DynamoDbError('ValidationException', 'ConditionCheck needs a ConditionExpression');
  }
  const showItemOnFailure = raw.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const input = validate(ACTIONS[kind], { ...raw }, store);
  const table = store.table(String(input.TableName));
  const target = (kind === 'Put' ? input.Item : input.Key) as Item;
  const key = Object.fromEntries(
    table.KeySchema.map(({ AttributeName }) => [AttributeName, target[AttributeName] ?? {}]),
  );
  const misfit =
    kind === 'Put' ? expressions.validateItem(target, table) : expressions.validateKey(target, table);
  return { kind, input, table, key, before: misfit ? undefined : store.item(table, key), showItemOnFailure };
}

/** Runs one step inside the open transaction; a refusal becomes its cancellation reason. */
function apply(store: ItemStore, step: Step): Reason {
  try {
    if (step.kind === 'ConditionCheck') checkCondition(step);
    else runInOneTurn(ACTIONS[step.kind], store, step.input);
    return { Code: 'None' };
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === undefined) throw error;
    if (refusal.type !== 'ConditionalCheckFailedException') {
      return { Code: 'ValidationError', Message: refusal.message };
    }
    const shown = step.showItemOnFailure && step.before !== undefined ? { Item: step.before } : {};
    return { Code: 'ConditionalCheckFailed', Message: refusal.message, ...shown };
  }
}

function checkCondition(step: Step): void {
  const failure =
    expressions.validateKey(step.input.Key as Item, step.table) ??
    expressions.checkConditional(step.input, step.before);
  if (failure) throw failure;
}

function cancelled(reasons: readonly Reason[]): DynamoDbError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new DynamoDbError('TransactionCanceledException', message, {
    Message: message,
    CancellationReasons: reasons,
  });
}

/** A key that doesn't fit its table can't be encoded; its own step reports that. */
function safeKey(key: Item, table: TableDescription): string {
  return expressions.validateKey(key, table) ? JSON.stringify(key) : expressions.createKey(key, table);
}

/** A repeated token answers success again and costs a transactional read of each item. */
function replayed(steps: readonly Step[], input: Input): Answer {
  const tables = [...new Set(steps.map(({ table }) => table.TableName))];
  const reads = tables.map((table) => {
    const items = steps.filter((step) => step.table.TableName === table).length;
    return readCapacity(table, items * TRANSACTION_FACTOR);
  });
  return present(reads, input);
}

function present(consumed: readonly ConsumedCapacity[], input: Input): Answer {
  const shown = consumed
    .map((entry) => presentCapacity(entry, input.ReturnConsumedCapacity, true))
    .filter((entry) => entry !== undefined);
  return { output: shown.length > 0 ? { ConsumedCapacity: shown } : {}, consumed };
}

/** Tokens commit with their transaction, so a retry after a crash is answered rightly as well. */
function createTokenLog(store: ItemStore, clock: () => number) {
  store.database.exec(
    'CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, digest TEXT NOT NULL, expires_at INTEGER NOT NULL)',
  );
  const find = store.database.prepare('SELECT digest FROM tokens WHERE token = ? AND expires_at > ?');
  const insert = store.database.prepare(
    'INSERT OR REPLACE INTO tokens (token, digest, expires_at) VALUES (?, ?, ?)',
  );
  const forget = store.database.prepare('DELETE FROM tokens WHERE expires_at <= ?');
  let forgottenAtMs = 0;
  /** Now and then: it reads every token. */
  const forgetExpired = () => {
    if (clock() - forgottenAtMs < FORGET_INTERVAL_MS) return;
    forgottenAtMs = clock();
    forget.run(forgottenAtMs);
  };
  return {
    recall(token: string, digest: string): boolean {
      const known = find.get(token, clock());
      if (known !== undefined && known.digest !== digest) {
        throw new DynamoDbError(
          'IdempotentParameterMismatchException',
          'The request uses the same client token as a previous, but non-identical request.',
        );
      }
      return known !== undefined;
    },
    remember(token: string, digest: string): void {
      forgetExpired();
      insert.run(token, digest, clock() + TOKEN_LIFETIME_MS);
    },
  };
}
