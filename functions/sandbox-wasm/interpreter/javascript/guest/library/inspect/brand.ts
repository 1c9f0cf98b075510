import { builtInKind } from './class-name.ts';

/** Whether the read works on the object: a built-in's own accessors refuse an object of another kind. */
function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function getter(prototype: object, name: string | symbol): (value: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (value) => get?.call(value);
}

const readMapSize = getter(Map.prototype, 'size');
const readSetSize = getter(Set.prototype, 'size');
const typedArrayName = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

/**
 * What an object is by its internal slots, not by its prototype: `Object.create(Map.prototype)` is no map.
 * `instanceof` goes first because it is cheap; an object with a null prototype is tried against the slots.
 */
export function isMap(value: object): value is Map<unknown, unknown> {
  return mayBe(value, Map) && accepts(() => readMapSize(value));
}

export function isSet(value: object): value is Set<unknown> {
  return mayBe(value, Set) && accepts(() => readSetSize(value));
}

/** The sizes by slot: they hold for a collection whose prototype was taken away too. */
export function sizeOf(collection: object): number {
  return Number(isMap(collection) ? readMapSize(collection) : readSetSize(collection));
}

export function isDate(value: object): value is Date {
  return mayBe(value, Date) && accepts(() => Date.prototype.getTime.call(value));
}

export function isRegExp(value: object): value is RegExp {
  return mayBe(value, RegExp) && value !== RegExp.prototype && accepts(() => regExpSource(value));
}

export function isPromise(value: object): value is Promise<unknown> {
  return value instanceof Promise && value !== Promise.prototype && builtInKind(value) === 'Promise';
}

export function isWeakMap(value: object): value is WeakMap<object, unknown> {
  return value instanceof WeakMap && accepts(() => WeakMap.prototype.has.call(value, value));
}

export function isWeakSet(value: object): value is WeakSet<object> {
  return value instanceof WeakSet && accepts(() => WeakSet.prototype.has.call(value, value));
}

export function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' && value !== null && (value instanceof Error || builtInKind(value) === 'Error')
  );
}

export function isArguments(value: object): boolean {
  return builtInKind(value) === 'Arguments' && !(Symbol.toStringTag in value);
}

/** "Uint8Array" and its siblings, read from the slot. */
export function typedArrayKind(value: object): string | undefined {
  return ArrayBuffer.isView(value) ? (typedArrayName(value) as string | undefined) : undefined;
}

export function arrayBufferKind(value: object): 'ArrayBuffer' | 'SharedArrayBuffer' | undefined {
  if (value instanceof ArrayBuffer && accepts(() => bufferLength(value))) return 'ArrayBuffer';
  if (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)
    return 'SharedArrayBuffer';
  return undefined;
}

const regExpSource = getter(RegExp.prototype, 'source');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');

function mayBe(
  value: object,
  kind: { prototype: object } & (abstract new (...args: never[]) => object),
): boolean {
  return value instanceof kind || Object.getPrototypeOf(value) === null;
}

/** The primitive inside `new Number(3)` and the like, with the name of its class. */
export function boxedPrimitive(value: object): { kind: string; primitive: unknown } | undefined {
  for (const kind of [Number, String, Boolean, BigInt, Symbol]) {
    if (!(value instanceof kind)) continue;
    try {
      return { kind: kind.name, primitive: Reflect.apply(kind.prototype.valueOf, value, []) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}
