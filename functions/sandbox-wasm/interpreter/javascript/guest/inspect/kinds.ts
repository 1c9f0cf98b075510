/** Tells built-in objects apart by what only they can do, which no prototype or tag can fake. */
type Test = (value: object) => void;

const getterOf = (prototype: object, name: PropertyKey): Test => {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (value) => {
    get?.call(value);
  };
};
const methodOf =
  (method: (...parameters: never[]) => unknown): Test =>
  (value) => {
    method.call(value);
  };

function test(attempt: Test): (value: unknown) => boolean {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    try {
      attempt(value);
      return true;
    } catch {
      return false;
    }
  };
}

const typedArrayPrototype: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayTag = Object.getOwnPropertyDescriptor(typedArrayPrototype, Symbol.toStringTag)?.get;
const weakMapHas = WeakMap.prototype.has;
const weakSetHas = WeakSet.prototype.has;
const deref = WeakRef.prototype.deref;
const regExpExec = Object.getOwnPropertyDescriptor(RegExp.prototype, 'dotAll')?.get;

export const isMap = test(getterOf(Map.prototype, 'size')) as (value: unknown) => value is Map<unknown, unknown>;
export const isSet = test(getterOf(Set.prototype, 'size')) as (value: unknown) => value is Set<unknown>;
export const isDate = test(methodOf(Date.prototype.getTime)) as (value: unknown) => value is Date;
export const isArrayBuffer = test(getterOf(ArrayBuffer.prototype, 'byteLength')) as (
  value: unknown,
) => value is ArrayBuffer;
export const isSharedArrayBuffer = test(getterOf(SharedArrayBuffer.prototype, 'byteLength')) as (
  value: unknown,
) => value is SharedArrayBuffer;
export const isDataView = test(getterOf(DataView.prototype, 'byteLength')) as (value: unknown) => value is DataView;
export const isNumberObject = test(methodOf(Number.prototype.valueOf));
export const isStringObject = test(methodOf(String.prototype.valueOf));
export const isBooleanObject = test(methodOf(Boolean.prototype.valueOf));
export const isBigIntObject = test(methodOf(BigInt.prototype.valueOf));
export const isSymbolObject = test(methodOf(Symbol.prototype.valueOf));
export const isWeakRef = test(methodOf(deref)) as (value: unknown) => value is WeakRef<object>;
export const isWeakMap = test((value) => {
  weakMapHas.call(value as WeakMap<object, unknown>, {});
});
export const isWeakSet = test((value) => {
  weakSetHas.call(value as WeakSet<object>, {});
});

export function isRegExp(value: unknown): value is RegExp {
  if (typeof value !== 'object' || value === null || value === RegExp.prototype) return false;
  try {
    regExpExec?.call(value);
    return true;
  } catch {
    return false;
  }
}

export function isTypedArray(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && typedArrayTag?.call(value) !== undefined;
}

/** The name of a typed array's own kind, whatever class it belongs to. */
export function typedArrayName(value: Uint8Array): string {
  return String(typedArrayTag?.call(value));
}

/** By the engine's own mark, or by inheritance for errors made with `Object.create`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Reflect.apply(isNativeError, Error, [value]) === true;
}

const isNativeError: (value: unknown) => unknown = Reflect.get(Error, 'isError') ?? (() => false);
