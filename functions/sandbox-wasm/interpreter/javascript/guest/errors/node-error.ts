interface NodeErrorConstructor {
  new (message: string): Error;
}

/** An error with a `code`, as Node's own modules throw it. */
export function nodeError(code: string, message: string, Type: NodeErrorConstructor = Error): Error {
  const error = new Type(message);
  Object.defineProperty(error, 'name', {
    value: `${error.name} [${code}]`,
    enumerable: false,
    configurable: true,
    writable: true,
  });
  return Object.assign(error, { code });
}

/** A value of the wrong type, in Node's words. */
export function invalidType(name: string, expected: string, actual: unknown): Error {
  const received = actual === null || actual === undefined ? String(actual) : `type ${typeof actual}`;
  return nodeError(
    'ERR_INVALID_ARG_TYPE',
    `The "${name}" argument must be ${expected}. Received ${received}`,
    TypeError,
  );
}
