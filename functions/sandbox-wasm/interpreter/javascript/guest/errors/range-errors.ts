/**
 * The engine's errors of its own, "stack overflow" and "out of memory", are what other engines throw as RangeError:
 * programs that catch `RangeError` get them.
 */
export const engineErrorPrototype: object = Reflect.get(
  Reflect.get(globalThis, 'InternalError') as object,
  'prototype',
);

export function installRangeErrors(): void {
  Object.setPrototypeOf(engineErrorPrototype, RangeError.prototype);
  for (const name of ['name', 'constructor', 'message']) Reflect.deleteProperty(engineErrorPrototype, name);
  Reflect.deleteProperty(globalThis, 'InternalError');
}
