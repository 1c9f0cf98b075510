import * as brand from './brand.ts';
import { builtInKind, prefixFor } from './class-name.ts';
import {
  arrayBufferEntries,
  arrayEntries,
  mapEntries,
  setEntries,
  typedArrayEntries,
} from './collections.ts';
import { errorBase } from './error-base.ts';
import { functionBase } from './function-name.ts';
import type { Inspection } from './inspection.ts';
import { peekPromise } from './peek.ts';
import { formatPrimitive } from './primitive.ts';
import { extraKeysOf, isIndex, keysOf } from './property.ts';

/** An object taken apart by its kind: either all of its text, or braces with what goes between them. */
export type Body =
  | { text: string }
  | {
      open: string;
      close: string;
      base: string;
      tag: string;
      keys: PropertyKey[];
      elements: ArrayLike<unknown> | undefined;
      entries: (level: number) => string[];
    };

interface Subject {
  className: string | null;
  level: number;
  inspection: Inspection;
  insideTypedArray: boolean;
}

interface Shape {
  open?: string;
  close?: string;
  base?: string;
  keys?: PropertyKey[];
  elements?: ArrayLike<unknown>;
  entries?: (level: number) => string[];
  /** What to print when there is nothing to put between the braces. */
  whenEmpty?: string;
}

export function bodyOf(value: object, subject: Subject): Body {
  const tag = tagOf(value, subject.inspection.showHidden);
  const shape = shapeOf(value, tag, subject);
  const keys = shape.keys ?? keysOf(value, subject.inspection.showHidden);
  if (shape.whenEmpty !== undefined && keys.length === 0) return { text: shape.whenEmpty };
  return {
    open: shape.open ?? '{',
    close: shape.close ?? '}',
    base: shape.base ?? '',
    tag,
    keys,
    elements: shape.elements,
    entries: shape.entries ?? (() => []),
  };
}

/** The string tag, unless it prints as a property anyway. */
function tagOf(value: object, showHidden: boolean): string {
  let tag: unknown;
  try {
    tag = Reflect.get(value, Symbol.toStringTag);
  } catch {
    return '';
  }
  if (typeof tag !== 'string') return '';
  const printed = showHidden
    ? Object.hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return printed ? '' : tag;
}

function shapeOf(value: object, tag: string, subject: Subject): Shape {
  return (
    iterableShape(value, tag, subject) ?? plainShape(value, tag, subject) ?? exoticShape(value, tag, subject)
  );
}

function iterableShape(value: object, tag: string, { className, inspection }: Subject): Shape | undefined {
  if (Array.isArray(value)) {
    const plain = className === 'Array' && tag === '';
    const open = `${plain ? '' : prefixFor(className, tag, 'Array', `(${value.length})`)}[`;
    return {
      open,
      close: ']',
      keys: extraKeysOf(value, inspection.showHidden),
      elements: value,
      entries: (level) => arrayEntries(value, level, inspection),
      ...(value.length === 0 && { whenEmpty: `${open}]` }),
    };
  }
  if (brand.isSet(value)) {
    const prefix = prefixFor(className, tag, 'Set', `(${brand.sizeOf(value)})`);
    const entries = (level: number) => setEntries(value, level, inspection);
    return { open: `${prefix}{`, entries, ...(brand.sizeOf(value) === 0 && { whenEmpty: `${prefix}{}` }) };
  }
  if (brand.isMap(value)) {
    const prefix = prefixFor(className, tag, 'Map', `(${brand.sizeOf(value)})`);
    const entries = (level: number) => mapEntries(value, level, inspection);
    return { open: `${prefix}{`, entries, ...(brand.sizeOf(value) === 0 && { whenEmpty: `${prefix}{}` }) };
  }
  const kind = brand.typedArrayKind(value);
  if (kind !== undefined) {
    const array = value as Uint8Array;
    const open = `${prefixFor(className, tag, kind, `(${array.length})`)}[`;
    return {
      open,
      close: ']',
      keys: extraKeysOf(value, inspection.showHidden),
      elements: array,
      entries: (level) => typedArrayEntries(array, level, inspection),
      ...(array.length === 0 && !inspection.showHidden && { whenEmpty: `${open}]` }),
    };
  }
  // Looking into an iterator would consume it; QuickJS offers no preview.
  if (tag === 'Map Iterator' || tag === 'Set Iterator') {
    return { open: `[${tag}] {`, entries: () => ['<items unknown>'] };
  }
  return undefined;
}

function plainShape(value: object, tag: string, subject: Subject): Shape | undefined {
  const { className, inspection } = subject;
  if (className === 'Object' && !brand.isError(value)) {
    if (brand.isArguments(value)) return { open: '[Arguments] {', whenEmpty: '[Arguments] {}' };
    const open = tag === '' ? '{' : `${prefixFor(className, tag, 'Object')}{`;
    return { open, whenEmpty: `${open}}` };
  }
  if (typeof value === 'function') {
    const callable = value as (...args: never[]) => unknown;
    const base = functionBase(callable, className, tag, (name) => inspection.print(name, subject.level));
    return { base, whenEmpty: base };
  }
  if (brand.isRegExp(value)) {
    const prefix = prefixFor(className, tag, 'RegExp');
    const base = `${prefix === 'RegExp ' ? '' : prefix}${RegExp.prototype.toString.call(value)}`;
    return subject.level > inspection.depth ? { keys: [], whenEmpty: base } : { base, whenEmpty: base };
  }
  if (brand.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    const prefix = prefixFor(className, tag, 'Date');
    const text = Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
    const base = `${prefix === 'Date ' ? '' : prefix}${text}`;
    return { base, whenEmpty: base };
  }
  if (brand.isError(value)) {
    const keys = keysOf(value, inspection.showHidden);
    const base = errorBase(value, keys, className, tag, inspection);
    return { base, keys, whenEmpty: base };
  }
  return undefined;
}

function exoticShape(value: object, tag: string, subject: Subject): Shape {
  const { className, inspection } = subject;
  const opening = (fallback: string) => `${prefixFor(className, tag, fallback)}{`;
  const bufferKind = brand.arrayBufferKind(value);
  if (bufferKind !== undefined) {
    const length = `[byteLength]: ${(value as ArrayBuffer).byteLength}`;
    const contents = subject.insideTypedArray
      ? () => []
      : () => arrayBufferEntries(value as ArrayBuffer, inspection);
    return { open: opening(bufferKind), entries: () => [...contents(), length] };
  }
  if (value instanceof DataView) {
    const entries = (level: number) => [
      `[byteLength]: ${value.byteLength}`,
      `[byteOffset]: ${value.byteOffset}`,
      `[buffer]: ${nested(value.buffer, level, inspection)}`,
    ];
    return { open: opening('DataView'), entries };
  }
  if (brand.isPromise(value)) {
    return { open: opening('Promise'), entries: (level) => [promiseEntry(value, level, inspection)] };
  }
  if (brand.isWeakSet(value)) return { open: opening('WeakSet'), entries: () => ['<items unknown>'] };
  if (brand.isWeakMap(value)) return { open: opening('WeakMap'), entries: () => ['<items unknown>'] };
  if (tag === 'Module' && className === null) return { open: '[Module: null prototype] {' };
  const boxed = brand.boxedPrimitive(value);
  if (boxed !== undefined) return boxedShape(value, boxed, tag, subject);
  const fallback = builtInKind(value) === 'Arguments' ? 'Arguments' : 'Object';
  return { open: opening(fallback), whenEmpty: `${opening(fallback)}}` };
}

function promiseEntry(promise: Promise<unknown>, level: number, inspection: Inspection): string {
  const seen = peekPromise(promise);
  if (seen.state === 'pending') return '<pending>';
  const result = nested(seen.result, level, inspection);
  return seen.state === 'rejected' ? `<rejected> ${result}` : result;
}

function nested(value: unknown, level: number, inspection: Inspection): string {
  inspection.indentation += 2;
  const text = inspection.print(value, level);
  inspection.indentation -= 2;
  return text;
}

function boxedShape(
  value: object,
  { kind, primitive }: { kind: string; primitive: unknown },
  tag: string,
  { className, inspection }: Subject,
): Shape {
  const all = keysOf(value, inspection.showHidden);
  const keys =
    kind === 'String' ? all.filter((key) => typeof key === 'symbol' || !isIndex(String(key))) : all;
  const of = className === kind ? '' : className === null ? ' (null prototype)' : ` (${className})`;
  const tagged = tag !== '' && tag !== className ? ` [${tag}]` : '';
  const base = `[${kind}${of}: ${formatPrimitive(primitive, { ...inspection, indentation: 0 })}]${tagged}`;
  return { base, keys, whenEmpty: base };
}
