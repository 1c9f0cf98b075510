import { host } from '../host.ts';
import { formatPrimitive } from './format-primitive.ts';
import { formatValue } from './inspect.ts';
import type { Context } from './options.ts';
import { formatElement, indented } from './properties.ts';

/** The texts of what a collection holds. `depth` is that of its elements. */
export type Elements = (depth: number) => string[];

function more(count: number): string {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

export function arrayElements(context: Context, value: unknown[]): Elements {
  return (depth) => {
    const parts: string[] = [];
    let index = 0;
    while (index < value.length && parts.length < context.maxArrayLength) {
      if (Object.hasOwn(value, index)) {
        parts.push(formatElement(context, value, depth, index));
        index++;
        continue;
      }
      const end = nextOwnIndex(value, index);
      parts.push(`<${end - index} empty item${end - index > 1 ? 's' : ''}>`);
      index = end;
    }
    if (index < value.length) parts.push(more(value.length - index));
    return parts;
  };
}

const longHole = 1000;

/** Steps through a short hole, and searches the keys for the end of a long one. */
function nextOwnIndex(value: unknown[], from: number): number {
  for (let index = from; index < Math.min(value.length, from + longHole); index++) {
    if (Object.hasOwn(value, index)) return index;
  }
  const next = Object.keys(value).find((key) => Number(key) >= from && Number(key) < value.length);
  return next === undefined ? value.length : Number(next);
}

export function typedArrayElements(context: Context, value: ArrayLike<number | bigint>): Elements {
  return () => {
    const shown = Math.min(value.length, context.maxArrayLength);
    const parts = Array.from({ length: shown }, (_, index) => formatPrimitive(context, value[index]));
    return value.length > shown ? [...parts, more(value.length - shown)] : parts;
  };
}

export function setElements(context: Context, value: Set<unknown>): Elements {
  return (depth) =>
    indentedList(context, [...Set.prototype.values.call(value)], (member) => formatValue(context, member, depth));
}

export function mapElements(context: Context, value: Map<unknown, unknown>): Elements {
  return (depth) =>
    indentedList(
      context,
      [...Map.prototype.entries.call(value)],
      ([key, member]) => `${formatValue(context, key, depth)} => ${formatValue(context, member, depth)}`,
    );
}

function indentedList<T>(context: Context, members: T[], format: (member: T) => string): string[] {
  const shown = members.slice(0, context.maxArrayLength).map((member) => indented(context, () => format(member)));
  return members.length > shown.length ? [...shown, more(members.length - shown.length)] : shown;
}

export function promiseElements(context: Context, value: object): Elements {
  return (depth) => {
    const state = host.promiseState(value);
    if (state === 0) return ['<pending>'];
    const result = indented(context, () => formatValue(context, host.promiseResult(value), depth));
    return [state === 2 ? `<rejected> ${result}` : result];
  };
}

const shownBytes = 50;

export function bufferElements(value: ArrayBuffer | SharedArrayBuffer): Elements {
  return () => {
    const bytes = new Uint8Array(value);
    const hex = Array.from(bytes.subarray(0, shownBytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const left = bytes.length - shownBytes;
    const rest = left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : '';
    return [`[Uint8Contents]: <${hex}${rest}>`, `byteLength: ${bytes.length}`];
  };
}
