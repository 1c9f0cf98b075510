import { wrongType } from '../coded-error.ts';
import { isDeepEqual } from '../inspect/deep-equal.ts';
import { inspect } from '../inspect/inspect-value.ts';
import { AssertionError } from './assertion-error.ts';

/** What a failure must be: of a class, matching text, having properties, or passing a test. */
type Expectation = RegExp | object | ((failure: unknown) => unknown) | string | undefined;
type Attempt = { failed: true; failure: unknown } | { failed: false };

export function throws(run: () => unknown, expected?: Expectation, message?: string): void {
  if (typeof run !== 'function') throw wrongType('fn', 'of type function', run);
  requireFailure('throws', 'exception', attempt(run), expected, message);
}

export function doesNotThrow(run: () => unknown, expected?: Expectation, message?: string): void {
  refuseFailure('doesNotThrow', 'exception', attempt(run), expected, message);
}

export async function rejects(run: unknown, expected?: Expectation, message?: string): Promise<void> {
  requireFailure('rejects', 'rejection', await attemptAsync(run), expected, message);
}

export async function doesNotReject(run: unknown, expected?: Expectation, message?: string): Promise<void> {
  refuseFailure('doesNotReject', 'rejection', await attemptAsync(run), expected, message);
}

function attempt(run: () => unknown): Attempt {
  try {
    run();
    return { failed: false };
  } catch (failure) {
    return { failed: true, failure };
  }
}

async function attemptAsync(run: unknown): Promise<Attempt> {
  const promise: unknown = typeof run === 'function' ? run() : run;
  try {
    await promise;
    return { failed: false };
  } catch (failure) {
    return { failed: true, failure };
  }
}

function requireFailure(
  operator: string,
  noun: string,
  outcome: Attempt,
  expected: Expectation,
  message: string | undefined,
): void {
  const told = typeof expected === 'string' ? expected : message;
  const wanted = typeof expected === 'string' ? undefined : expected;
  if (outcome.failed) {
    checkFailure(operator, outcome.failure, wanted, told);
    return;
  }
  const name = typeof wanted === 'function' && wanted.name !== '' ? ` (${wanted.name})` : '';
  const text = `Missing expected ${noun}${name}${told === undefined ? '.' : `: ${told}`}`;
  throw new AssertionError({ message: text, actual: undefined, expected: wanted, operator });
}

function refuseFailure(
  operator: string,
  noun: string,
  outcome: Attempt,
  expected: Expectation,
  message: string | undefined,
): void {
  if (!outcome.failed) return;
  const told = typeof expected === 'string' ? expected : message;
  const { failure } = outcome;
  const said = failure instanceof Error ? failure.message : inspect(failure);
  const text = `Got unwanted ${noun}${told === undefined ? '.' : `: ${told}`}\nActual message: "${said}"`;
  throw new AssertionError({ message: text, actual: failure, expected, operator });
}

function checkFailure(
  operator: string,
  failure: unknown,
  wanted: Expectation,
  told: string | undefined,
): void {
  if (wanted === undefined) return;
  const refuse = (reason: string): never => {
    throw new AssertionError({ message: told ?? reason, actual: failure, expected: wanted, operator });
  };
  if (wanted instanceof RegExp) {
    const text = String(failure);
    if (!wanted.test(text)) {
      refuse(`The input did not match the regular expression ${wanted}. Input:\n\n${inspect(text)}\n`);
    }
  } else if (typeof wanted === 'function') {
    checkByFunction(failure, wanted, refuse);
  } else if (typeof wanted === 'object') {
    checkProperties(failure, wanted, refuse);
  }
}

/** A class the failure isn't an instance of is refused when it makes errors; any other function is a test. */
function checkByFunction(failure: unknown, wanted: object, refuse: (reason: string) => never): void {
  const test = wanted as ((failure: unknown) => unknown) & { prototype?: unknown };
  if (test.prototype !== undefined && failure instanceof test) return;
  if (test === Error || test.prototype instanceof Error) {
    const got = failure instanceof Error ? failure.constructor.name : inspect(failure);
    const said = failure instanceof Error ? `\n\nError message:\n\n${failure.message}` : '';
    // A failure of an unexpected class is the program's own error: it is thrown on, as in Node.
    refuse(`The error is expected to be an instance of "${test.name}". Received "${got}"${said}`);
  }
  if (Reflect.apply(test, {}, [failure]) === true) return;
  const name = test.name === '' ? 'The validation function' : `The "${test.name}" validation function`;
  refuse(`${name} is expected to return "true". Received false\n\nCaught error:\n\n${inspect(failure)}`);
}

function checkProperties(failure: unknown, wanted: object, refuse: (reason: string) => never): void {
  const keys = wanted instanceof Error ? [...Object.keys(wanted), 'name', 'message'] : Object.keys(wanted);
  for (const key of keys) {
    const actual: unknown = Reflect.get(Object(failure), key);
    const expected: unknown = Reflect.get(wanted, key);
    const matches =
      expected instanceof RegExp && typeof actual === 'string'
        ? expected.test(actual)
        : isDeepEqual(actual, expected, 'strict');
    if (!matches)
      refuse(`Expected the error's "${key}" to be ${inspect(expected)}. Received ${inspect(actual)}`);
  }
}
