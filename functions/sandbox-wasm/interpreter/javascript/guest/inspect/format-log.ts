import { formatNumber } from './format-primitive.ts';
import { inspect } from './inspect.ts';
import type { InspectOptions } from './options.ts';

const directive = /%[sdifjoOc%]/g;

/** The text of `console.log(...values)`, with Node's format directives. */
export function formatLog(values: readonly unknown[], options: InspectOptions = {}): string {
  const [first, ...rest] = values;
  if (values.length === 1) return typeof first === 'string' ? first : inspect(first, options);
  const parts = typeof first === 'string' ? [fill(first, rest, options)] : values.length === 0 ? [] : [show(first, options)];
  for (const value of rest) parts.push(show(value, options));
  return parts.join(' ');
}

function show(value: unknown, options: InspectOptions): string {
  return typeof value === 'string' ? value : inspect(value, options);
}

/** Replaces directives by values, which it takes from the front of `rest`. */
function fill(format: string, rest: unknown[], options: InspectOptions): string {
  if (rest.length === 0) return format;
  return format.replace(directive, (match) => {
    if (match === '%%') return '%';
    if (rest.length === 0) return match;
    return formatDirective(match, rest.shift(), options);
  });
}

function formatDirective(match: string, value: unknown, options: InspectOptions): string {
  switch (match) {
    case '%s':
      return formatText(value, options);
    case '%d':
      return formatAsNumber(value, Number);
    case '%i':
      return formatAsNumber(value, (text) => Number.parseInt(text as string, 10));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : formatNumber(Number.parseFloat(value as string));
    case '%j':
      return toJson(value);
    case '%o':
      return inspect(value, { ...options, showHidden: true, depth: 4 });
    case '%O':
      return inspect(value, options);
    default:
      return '';
  }
}

function formatText(value: unknown, options: InspectOptions): string {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  return hasOwnText(value) ? String(value) : inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

/** Whether the program, and not the language, says how this object is a string. */
function hasOwnText(value: object): boolean {
  if (Object.hasOwn(value, 'toString')) return true;
  if (value instanceof Error || value instanceof Date) return true;
  let prototype: object | null = Object.getPrototypeOf(value);
  while (prototype !== null) {
    const { constructor } = prototype;
    const isBuiltIn = typeof constructor === 'function' && Reflect.get(globalThis, constructor.name) === constructor;
    if (isBuiltIn) return false;
    if (Object.hasOwn(prototype, 'toString')) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

function formatAsNumber(value: unknown, convert: (value: unknown) => number): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || typeof value === 'object') return formatNumber(value === null ? convert(null) : Number.NaN);
  return formatNumber(convert(value));
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch (error) {
    const isCircular = error instanceof TypeError && error.message.includes('circular');
    if (isCircular) return '[Circular]';
    throw error;
  }
}
