import { host } from '../host.ts';
import {
  arrayElements,
  bufferElements,
  type Elements,
  mapElements,
  promiseElements,
  setElements,
  typedArrayElements,
} from './elements.ts';
import { formatError, shownErrorKeys } from './errors.ts';
import { formatPrimitive } from './format-primitive.ts';
import * as kinds from './kinds.ts';
import { functionBase, prefixOf } from './names.ts';
import type { Context } from './options.ts';
import { shownKeys } from './properties.ts';
import { quote } from './strings.ts';

/** What an object is, before its parts are arranged. */
export interface Description {
  /** Text in front of the brace. */
  base: string;
  open: string;
  close: string;
  isArray: boolean;
  elements: Elements;
  keys: PropertyKey[];
}

const none: Elements = () => [];

/** A whole text for objects that are one, else their description. */
export function describe(
  context: Context,
  value: object,
  depth: number,
  constructor: string | null,
  tag: string,
  isTyped: boolean,
): string | Description {
  const prefix = (fallback: string, size?: number) =>
    prefixOf(constructor, tag, fallback, size === undefined ? '' : `(${size})`);
  const braces = (open: string, elements: Elements, keys = shownKeys(context, value)): Description => ({
    base: '',
    open: `${open}{`,
    close: '}',
    isArray: false,
    elements,
    keys,
  });
  /** An object that is a text of its own, with any properties after it. */
  const based = (base: string, keys: PropertyKey[]): string | Description =>
    keys.length === 0 ? base : { ...braces('', none, keys), base };

  if (Array.isArray(value) || kinds.isTypedArray(value)) return describeArray(context, value, prefix, constructor, tag);
  if (kinds.isSet(value)) {
    const size = sizeOf(Set.prototype, value);
    const set = braces(prefix('Set', size), setElements(context, value));
    return size === 0 && set.keys.length === 0 ? `${prefix('Set', size)}{}` : set;
  }
  if (kinds.isMap(value)) {
    const size = sizeOf(Map.prototype, value);
    const map = braces(prefix('Map', size), mapElements(context, value));
    return size === 0 && map.keys.length === 0 ? `${prefix('Map', size)}{}` : map;
  }
  const keys = shownKeys(context, value);
  if (typeof value === 'function') return based(functionBase(value as () => unknown, constructor, tag), keys);
  if (Object.prototype.toString.call(value) === '[object Arguments]') return braces('[Arguments] ', none);
  if (kinds.isRegExp(value)) return based(named(prefix('RegExp'), 'RegExp', RegExp.prototype.toString.call(value)), keys);
  if (kinds.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    const text = Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
    return based(named(prefix('Date'), 'Date', text), keys);
  }
  if (kinds.isError(value)) {
    const shown = shownErrorKeys(value, keys);
    return based(formatError(context, value, depth), shown);
  }
  const boxed = boxedBase(context, value);
  if (boxed !== null) return based(boxed, kinds.isStringObject(value) ? shownKeys(context, value, true) : keys);
  if (kinds.isArrayBuffer(value) || kinds.isSharedArrayBuffer(value)) {
    if (isTyped) return braces(prefix('ArrayBuffer'), () => [`byteLength: ${value.byteLength}`], keys);
    return braces(prefix('ArrayBuffer'), bufferElements(value), keys);
  }
  if (kinds.isDataView(value)) return braces(prefix('DataView'), none, ['byteLength', 'byteOffset', 'buffer', ...keys]);
  if (host.promiseState(value) >= 0) return braces(prefix('Promise'), promiseElements(context, value), keys);
  if (kinds.isWeakSet(value) || kinds.isWeakMap(value)) {
    return braces(prefix(kinds.isWeakSet(value) ? 'WeakSet' : 'WeakMap'), () => ['<items unknown>'], keys);
  }
  if (tag === 'Module' && constructor === null) return braces('[Module: null prototype] ', none, keys);
  const isPlain = constructor === 'Object' && tag === '';
  if (keys.length === 0) return isPlain ? '{}' : `${prefix('Object')}{}`;
  return braces(isPlain ? '' : prefix('Object'), none, keys);
}

function describeArray(
  context: Context,
  value: unknown[] | Uint8Array,
  prefix: (fallback: string, size?: number) => string,
  constructor: string | null,
  tag: string,
): string | Description {
  const keys = shownKeys(context, value, true);
  const isPlain = Array.isArray(value) && constructor === 'Array' && tag === '';
  const name = Array.isArray(value) ? 'Array' : kinds.typedArrayName(value);
  const open = isPlain ? '[' : `${prefix(name, value.length)}[`;
  if (value.length === 0 && keys.length === 0) return `${open}]`;
  const elements = Array.isArray(value) ? arrayElements(context, value) : typedArrayElements(context, value);
  return { base: '', open, close: ']', isArray: true, elements, keys };
}

function named(prefix: string, usual: string, text: string): string {
  return prefix === `${usual} ` ? text : `${prefix}${text}`;
}

/** The size that the collection itself knows, whatever a subclass says. */
function sizeOf(prototype: object, value: object): number {
  return Number(Reflect.get(prototype, 'size', value));
}

function boxedBase(context: Context, value: object): string | null {
  if (kinds.isNumberObject(value)) return `[Number: ${formatPrimitive(context, Number.prototype.valueOf.call(value))}]`;
  if (kinds.isStringObject(value)) return `[String: ${quote(String.prototype.valueOf.call(value))}]`;
  if (kinds.isBooleanObject(value)) return `[Boolean: ${Boolean.prototype.valueOf.call(value)}]`;
  if (kinds.isBigIntObject(value)) return `[BigInt: ${BigInt.prototype.valueOf.call(value)}n]`;
  if (kinds.isSymbolObject(value)) {
    return `[Symbol: ${Symbol.prototype.toString.call(Symbol.prototype.valueOf.call(value))}]`;
  }
  return null;
}
