import type { Context } from './options.ts';
import { formatString } from './strings.ts';

export function formatPrimitive(context: Context, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return formatString(context, value);
    case 'number':
      return formatNumber(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return Symbol.prototype.toString.call(value);
    default:
      return String(value);
  }
}

export function formatNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
