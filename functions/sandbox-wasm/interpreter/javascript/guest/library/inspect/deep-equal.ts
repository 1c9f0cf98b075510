import {
  arrayBufferKind,
  boxedPrimitive,
  isDate,
  isError,
  isMap,
  isRegExp,
  isSet,
  typedArrayKind,
} from './brand.ts';

/** Strict compares prototypes and types; loose compares primitives with `==`, like `assert.deepEqual`. */
export type Strictness = 'strict' | 'loose';

/** Structures nested deeper than this are refused: the guest's stack is small. */
const DEEPEST = 200;

interface Comparison {
  readonly strict: boolean;
  /** The pairs being compared now: a pair met again inside itself is equal as far as the cycle goes. */
  readonly open: Map<object, object>;
}

/** Whether two values have the same structure, as `node:assert` and `util.isDeepStrictEqual` see it. */
export function isDeepEqual(a: unknown, b: unknown, strictness: Strictness): boolean {
  return equal(a, b, { strict: strictness === 'strict', open: new Map() });
}

function equal(a: unknown, b: unknown, comparison: Comparison): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return primitivesEqual(a, b, comparison.strict);
  if (typeof a === 'function' || typeof b === 'function') return false;
  if (comparison.open.get(a) === b) return true;
  if (comparison.open.size > DEEPEST) throw new RangeError('Maximum call stack size exceeded');
  const outer = comparison.open.get(a);
  comparison.open.set(a, b);
  const result = objectsEqual(a, b, comparison);
  if (outer === undefined) comparison.open.delete(a);
  else comparison.open.set(a, outer);
  return result;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function primitivesEqual(a: unknown, b: unknown, strict: boolean): boolean {
  if (strict || isObject(a) || isObject(b)) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: legacy assert.deepEqual compares primitives this way
  return a == b || (Number.isNaN(a) && Number.isNaN(b));
}

function objectsEqual(a: object, b: object, comparison: Comparison): boolean {
  if (comparison.strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return slotsEqual(a, b, comparison) && propertiesEqual(a, b, comparison) && membersEqual(a, b, comparison);
}

/** The state that built-in objects keep outside their properties. */
function slotsEqual(a: object, b: object, comparison: Comparison): boolean {
  if (Array.isArray(a)) return a.length === (b as unknown[]).length;
  if (isDate(a)) return isDate(b) && Object.is(a.getTime(), b.getTime());
  if (isRegExp(a)) return isRegExp(b) && String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (isError(a)) return isError(b) && errorsEqual(a, b, comparison);
  if (typedArrayKind(a) !== undefined) return typedArrayKind(b) !== undefined && bytesEqual(a, b);
  if (arrayBufferKind(a) !== undefined) {
    return bytesEqual(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
  }
  const boxed = boxedPrimitive(a);
  const other = boxedPrimitive(b);
  return boxed === undefined ? other === undefined : Object.is(boxed.primitive, other?.primitive);
}

function errorsEqual(a: Error, b: Error, comparison: Comparison): boolean {
  if (a.name !== b.name || a.message !== b.message) return false;
  if (Object.hasOwn(a, 'cause') !== Object.hasOwn(b, 'cause')) return false;
  return (
    equal(a.cause, b.cause, comparison) &&
    equal(Reflect.get(a, 'errors'), Reflect.get(b, 'errors'), comparison)
  );
}

function bytesEqual(a: object, b: object): boolean {
  const [left, right] = [a as Uint8Array, b as Uint8Array];
  return left.length === right.length && left.every((item, index) => Object.is(item, right[index]));
}

function propertiesEqual(a: object, b: object, comparison: Comparison): boolean {
  if (typedArrayKind(a) !== undefined) return true;
  const keys = propertyKeys(a, comparison.strict);
  if (keys.length !== propertyKeys(b, comparison.strict).length) return false;
  return keys.every(
    (key) =>
      Object.prototype.propertyIsEnumerable.call(b, key) &&
      equal(Reflect.get(a, key), Reflect.get(b, key), comparison),
  );
}

function propertyKeys(value: object, strict: boolean): PropertyKey[] {
  const names: PropertyKey[] = Object.keys(value);
  if (!strict) return names;
  const symbols = Object.getOwnPropertySymbols(value);
  return names.concat(symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)));
}

function membersEqual(a: object, b: object, comparison: Comparison): boolean {
  if (isSet(a)) return isSet(b) && a.size === b.size && setsEqual(a, b, comparison);
  if (isMap(a)) return isMap(b) && a.size === b.size && mapsEqual(a, b, comparison);
  return true;
}

/** Members that the other set holds itself are settled by lookup; only the rest is searched pair by pair. */
function setsEqual(a: Set<unknown>, b: Set<unknown>, comparison: Comparison): boolean {
  const unmatched = [...b].filter((item) => !a.has(item));
  for (const item of a) {
    if (b.has(item)) continue;
    if (comparison.strict && !isObject(item)) return false;
    const at = unmatched.findIndex((candidate) => equal(item, candidate, comparison));
    if (at === -1) return false;
    unmatched.splice(at, 1);
  }
  return true;
}

function mapsEqual(a: Map<unknown, unknown>, b: Map<unknown, unknown>, comparison: Comparison): boolean {
  const unmatched = [...b.keys()].filter((key) => !a.has(key));
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!equal(value, b.get(key), comparison)) return false;
      continue;
    }
    if (comparison.strict && !isObject(key)) return false;
    const at = unmatched.findIndex(
      (candidate) => equal(key, candidate, comparison) && equal(value, b.get(candidate), comparison),
    );
    if (at === -1) return false;
    unmatched.splice(at, 1);
  }
  return true;
}
