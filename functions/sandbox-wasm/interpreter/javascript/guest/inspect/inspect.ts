import { formatObject } from './format-object.ts';
import { formatPrimitive } from './format-primitive.ts';
import { type Context, createContext, type InspectOptions, inspectDefaults } from './options.ts';
import { isProxy, unwrapProxy } from './proxies.ts';

export const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** A value as text for people, in the layout of Node's `util.inspect`. */
export function inspect(
  value: unknown,
  options: InspectOptions | boolean = {},
  depth?: number | null,
  colors?: boolean,
): string {
  const given = typeof options === 'boolean' ? { showHidden: options, ...legacy(depth, colors) } : options;
  return formatValue(createContext(given), value, 0);
}

inspect.custom = customInspect;
inspect.defaultOptions = inspectDefaults;
inspect.colors = {};
inspect.styles = {};

function legacy(depth: number | null | undefined, colors: boolean | undefined): InspectOptions {
  return { ...(depth === undefined ? {} : { depth }), ...(colors === undefined ? {} : { colors }) };
}

/** `depth` counts the objects around the value. */
export function formatValue(context: Context, value: unknown, depth: number, isTyped = false): string {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return formatPrimitive(context, value);
  }
  const proxied = isProxy(value);
  const object = proxied ? unwrapProxy(value) : value;
  const custom = context.customInspect ? customFormat(context, object, depth) : null;
  if (custom !== null) return custom;
  if (context.seen.includes(object)) {
    const index = context.circular.get(object) ?? context.circular.size + 1;
    context.circular.set(object, index);
    return `[Circular *${index}]`;
  }
  return formatObject(context, object, depth, isTyped);
}

/** What the object's own `[util.inspect.custom]` makes of it; null when it has none or leaves it to us. */
function customFormat(context: Context, object: object, depth: number): string | null {
  const format: unknown = Reflect.get(object, customInspect);
  if (typeof format !== 'function' || format === inspect) return null;
  const constructor: unknown = Reflect.get(object, 'constructor');
  if (typeof constructor === 'function' && Reflect.get(constructor, 'prototype') === object) return null;
  const left = context.depth - depth;
  const { given } = context;
  const options = { ...inspectDefaults, ...given, depth: left, stylize: (text: unknown) => String(text) };
  const result: unknown = Reflect.apply(format, object, [left, options, inspect]);
  if (result === object) return null;
  if (typeof result !== 'string') return formatValue(context, result, depth);
  return result.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
}
