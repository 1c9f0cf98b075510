import { displayWidth } from './display-width.ts';
import { type Inspection, indented } from './inspection.ts';
import { escapeControls, quote } from './quote.ts';

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

/** The keys that print: own and enumerable, or every own key with `showHidden`. */
export function keysOf(value: object, showHidden: boolean): PropertyKey[] {
  if (showHidden) return Reflect.ownKeys(value);
  const keys: PropertyKey[] = enumerableNames(value);
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    if (Object.prototype.propertyIsEnumerable.call(value, symbol)) keys.push(symbol);
  }
  return keys;
}

/** A module whose bindings are not initialised yet refuses `Object.keys`. */
function enumerableNames(value: object): string[] {
  try {
    return Object.keys(value);
  } catch {
    return Object.getOwnPropertyNames(value);
  }
}

/** The keys of an array besides its elements. */
export function extraKeysOf(value: object, showHidden: boolean): PropertyKey[] {
  return keysOf(value, showHidden).filter((key) => typeof key === 'symbol' || !isIndex(`${String(key)}`));
}

export function isIndex(key: string): boolean {
  const number = Number(key);
  return number >= 0 && number < 2 ** 32 - 1 && `${number >>> 0}` === key;
}

/** `key: value` of one own property; an accessor is named, never called. */
export function formatProperty(
  value: object,
  key: PropertyKey,
  level: number,
  inspection: Inspection,
  insideArray = false,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? {
    value: Reflect.get(value, key),
    enumerable: true,
  };
  const isOwnLine = inspection.compact < 0 && !insideArray;
  const content = formatContent(descriptor, level, inspection, isOwnLine ? 3 : 2);
  const name = formatKey(key, descriptor.enumerable !== false);
  const breaks = isOwnLine && inspection.breakLength < displayWidth(content);
  return `${name}:${breaks ? `\n${' '.repeat(inspection.indentation + 3)}` : ' '}${content}`;
}

/** An array's element: its value without the index. */
export function formatElement(
  value: object,
  index: PropertyKey,
  level: number,
  inspection: Inspection,
): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, index) ?? { value: Reflect.get(value, index) };
  return formatContent(descriptor, level, inspection, 2);
}

function formatContent(
  descriptor: PropertyDescriptor,
  level: number,
  inspection: Inspection,
  columns: number,
): string {
  if (descriptor.value !== undefined) {
    return indented(inspection, columns, () => inspection.print(descriptor.value, level));
  }
  if (descriptor.get !== undefined) return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
  return descriptor.set === undefined ? 'undefined' : '[Setter]';
}

function formatKey(key: PropertyKey, enumerable: boolean): string {
  if (typeof key === 'symbol') {
    const text = escapeControls(key.toString());
    return enumerable ? text : `[${text}]`;
  }
  const text = String(key);
  if (text === '__proto__') return "['__proto__']";
  if (!enumerable) return `[${text}]`;
  return IDENTIFIER.test(text) ? text : quote(text);
}
