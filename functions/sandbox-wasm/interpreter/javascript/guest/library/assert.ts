import { AssertionError } from './assert/assertion-error.ts';
import { doesNotReject, doesNotThrow, rejects, throws } from './assert/expected-failures.ts';
import { wrongType } from './coded-error.ts';
import { isDeepEqual } from './inspect/deep-equal.ts';
import { inspect } from './inspect/inspect-value.ts';

export { AssertionError } from './assert/assertion-error.ts';

type Message = string | Error | undefined;

/** One comparison: passes silently or throws the message given, an error given, or one made from the values. */
function comparison(operator: string, holds: (actual: unknown, expected: unknown) => boolean) {
  return (actual: unknown, expected: unknown, message?: Message): void => {
    if (!holds(actual, expected)) fail({ actual, expected, operator, message });
  };
}

function fail({
  message,
  ...failure
}: {
  actual: unknown;
  expected: unknown;
  operator: string;
  message: Message;
}): never {
  if (message instanceof Error) throw message;
  const { actual, expected, operator } = failure;
  throw new AssertionError(
    message === undefined ? { actual, expected, operator } : { message, actual, expected, operator },
  );
}

const looselyEqual = (a: unknown, b: unknown): boolean => {
  // biome-ignore lint/suspicious/noDoubleEquals: the legacy comparison is the point
  return a == b || (Number.isNaN(a) && Number.isNaN(b));
};
const deep = (a: unknown, b: unknown): boolean => isDeepEqual(a, b, 'loose');
const deepStrict = (a: unknown, b: unknown): boolean => isDeepEqual(a, b, 'strict');
const negated = (holds: (a: unknown, b: unknown) => boolean) => (a: unknown, b: unknown) => !holds(a, b);

function ok(...args: [value?: unknown, message?: Message]): void {
  const [value, message] = args;
  if (value) return;
  const told = args.length === 0 ? 'No value argument passed to `assert.ok()`' : message;
  const text = told ?? `The expression evaluated to a falsy value:\n\n  assert.ok(${inspect(value)})\n`;
  fail({ actual: value, expected: true, operator: '==', message: text });
}

function matching(operator: 'match' | 'doesNotMatch') {
  return (text: unknown, pattern: RegExp, message?: Message): void => {
    if (!(pattern instanceof RegExp)) throw wrongType('regexp', 'an instance of RegExp', pattern);
    const found = typeof text === 'string' && pattern.exec(text) !== null;
    if (typeof text === 'string' && found === (operator === 'match')) return;
    const problem =
      typeof text !== 'string'
        ? `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`
        : operator === 'match'
          ? `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`
          : `The input was expected to not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`;
    fail({ actual: text, expected: pattern, operator, message: message ?? problem });
  };
}

function ifError(value: unknown): void {
  if (value === null || value === undefined) return;
  const text = value instanceof Error ? value.message : inspect(value);
  const message = `ifError got unwanted exception: ${text}`;
  fail({ actual: value, expected: null, operator: 'ifError', message });
}

const shared = {
  AssertionError,
  ok,
  strictEqual: comparison('strictEqual', Object.is),
  notStrictEqual: comparison('notStrictEqual', negated(Object.is)),
  deepStrictEqual: comparison('deepStrictEqual', deepStrict),
  notDeepStrictEqual: comparison('notDeepStrictEqual', negated(deepStrict)),
  throws,
  doesNotThrow,
  rejects,
  doesNotReject,
  match: matching('match'),
  doesNotMatch: matching('doesNotMatch'),
  ifError,
  fail(message: Message = 'Failed'): never {
    return fail({ actual: undefined, expected: undefined, operator: 'fail', message });
  },
};

function asCallable<T extends object>(members: T) {
  return Object.assign((...args: [value?: unknown, message?: Message]): void => ok(...args), shared, members);
}

const strict = asCallable({
  equal: shared.strictEqual,
  notEqual: shared.notStrictEqual,
  deepEqual: shared.deepStrictEqual,
  notDeepEqual: shared.notDeepStrictEqual,
});

/** `node:assert`; `assert.strict` is the variant whose `equal` and `deepEqual` are the strict ones. */
export const assert = asCallable({
  equal: comparison('==', looselyEqual),
  notEqual: comparison('!=', negated(looselyEqual)),
  deepEqual: comparison('deepEqual', deep),
  notDeepEqual: comparison('notDeepEqual', negated(deep)),
  strict: Object.assign(strict, { strict }),
});
