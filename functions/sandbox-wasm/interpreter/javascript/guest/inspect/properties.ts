import { formatValue } from './inspect.ts';
import type { Context } from './options.ts';
import { quote } from './strings.ts';

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const arrayIndex = /^(?:0|[1-9]\d{0,9})$/;

/** The keys that are shown: enumerable ones, symbols after names. With `isIndexed`, none that is an index. */
export function shownKeys(context: Context, value: object, isIndexed = false): PropertyKey[] {
  const names: PropertyKey[] = context.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value).filter(
    (symbol) => context.showHidden || Object.prototype.propertyIsEnumerable.call(value, symbol),
  );
  const shown = isIndexed ? names.filter((name) => !arrayIndex.test(String(name))) : names;
  return symbols.length === 0 ? shown : [...shown, ...symbols];
}

/** `name: value`. A getter isn't called. */
export function formatProperty(context: Context, value: object, depth: number, key: PropertyKey): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? { value: Reflect.get(value, key), enumerable: true };
  return `${formatKey(key, descriptor.enumerable !== false)}: ${formatDescriptor(context, value, descriptor, depth)}`;
}

/** An element of an array: a property without its name. */
export function formatElement(context: Context, value: object, depth: number, index: number): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, index) ?? { value: Reflect.get(value, index) };
  return formatDescriptor(context, value, descriptor, depth);
}

function formatDescriptor(context: Context, object: object, descriptor: PropertyDescriptor, depth: number): string {
  if (descriptor.get === undefined && descriptor.set === undefined) {
    return indented(context, () => formatValue(context, descriptor.value, depth));
  }
  if (descriptor.get === undefined) return '[Setter]';
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  if (!context.getters) return `[${label}]`;
  return `[${label}: ${indented(context, () => formatValue(context, descriptor.get?.call(object), depth))}]`;
}

export function indented(context: Context, format: () => string): string {
  context.indentation += 2;
  const text = format();
  context.indentation -= 2;
  return text;
}

function formatKey(key: PropertyKey, isEnumerable: boolean): string {
  if (typeof key === 'symbol') return `[${Symbol.prototype.toString.call(key)}]`;
  const name = String(key);
  if (name === '__proto__') return "['__proto__']";
  if (!isEnumerable) return `[${name}]`;
  return identifier.test(name) ? name : quote(name);
}
