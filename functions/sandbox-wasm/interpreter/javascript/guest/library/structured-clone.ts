import { DOMException } from './dom-exception.ts';
import { isDate, isError, isMap, isRegExp, isSet } from './inspect/brand.ts';

/** A deep copy of data: plain objects, arrays, maps, sets, dates, errors, bytes; cycles are kept. */
export function structuredClone<T>(value: T): T {
  return clone(value, new Map()) as T;
}

function clone(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  }
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const keep = <Copy extends object>(copy: Copy): Copy => {
    seen.set(value, copy);
    return copy;
  };

  if (isDate(value)) return keep(new Date(value.getTime()));
  if (isRegExp(value)) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) return keep(cloneView(value, seen));
  if (isMap(value)) {
    const copy = keep(new Map());
    for (const [key, entry] of value) copy.set(clone(key, seen), clone(entry, seen));
    return copy;
  }
  if (isSet(value)) {
    const copy = keep(new Set());
    for (const entry of value) copy.add(clone(entry, seen));
    return copy;
  }
  if (isError(value)) return keep(cloneError(value, seen));
  const copy: object = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) Reflect.set(copy, key, clone(Reflect.get(value, key), seen));
  return copy;
}

function cloneView(view: ArrayBufferView, seen: Map<object, unknown>): object {
  const buffer = clone(view.buffer, seen) as ArrayBuffer;
  const length: unknown = Reflect.get(view, 'length');
  const maker = (view instanceof DataView ? DataView : view.constructor) as new (
    buffer: ArrayBuffer,
    byteOffset: number,
    length?: number,
  ) => object;
  return new maker(buffer, view.byteOffset, typeof length === 'number' ? length : view.byteLength);
}

function cloneError(error: Error, seen: Map<object, unknown>): Error {
  const copy = new Error(error.message);
  Object.defineProperty(copy, 'name', { value: error.name, configurable: true, writable: true });
  if ('cause' in error) copy.cause = clone(error.cause, seen);
  return copy;
}
