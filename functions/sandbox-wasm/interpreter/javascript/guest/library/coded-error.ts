import { inspect } from './inspect/inspect-value.ts';

/** An error with Node's `code`, which programs branch on. */
export function codedError<E extends Error>(
  Kind: new (message: string) => E,
  code: string,
  message: string,
): E {
  return Object.assign(new Kind(message), { code });
}

/** Node's wording for an argument of the wrong type. */
export function wrongType(argument: string, expected: string, given: unknown): TypeError {
  const plain = typeof given !== 'object' && typeof given !== 'function' && given !== undefined;
  const got = plain
    ? `type ${typeof given} (${inspect(given)})`
    : given === null
      ? 'null'
      : inspect(given, { depth: -1 });
  const subject = argument === 'first' ? 'The first argument' : `The "${argument}" argument`;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `${subject} must be ${expected}. Received ${got}`);
}

/** Node's wording for a number outside its range. */
export function outOfRange(argument: string, range: string, given: unknown): RangeError {
  return codedError(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${argument}" is out of range. It must be ${range}. Received ${String(given)}`,
  );
}
