import { defineHidden } from '../define.ts';
import { invalidType, nodeError } from '../errors/node-error.ts';
import { customInspect } from '../inspect/inspect.ts';
import { isEncoding, toBytes, toText } from './encodings.ts';
import { numberMethods } from './number-methods.ts';
import { utf8Length } from './utf8.ts';

const shownBytes = 50;

function wrap(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Node's Buffer, without pools: each has memory of its own. */
export class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(value: unknown, second?: unknown, length?: unknown): Buffer {
    if (typeof value === 'string') return wrap(toBytes(value, typeof second === 'string' ? second : undefined));
    if (value instanceof ArrayBuffer) return new Buffer(value, second as number, length as number);
    if (ArrayBuffer.isView(value) || Array.isArray(value)) return wrap(Uint8Array.from(value as Uint8Array));
    if (typeof value === 'object' && value !== null) return Buffer.#fromObject(value);
    throw invalidType('first', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
  }

  static #fromObject(value: object): Buffer {
    if ('type' in value && value.type === 'Buffer' && 'data' in value) return Buffer.from(value.data);
    if ('length' in value) return wrap(Uint8Array.from(value as ArrayLike<number>));
    const primitive: unknown = value.valueOf();
    if (primitive !== value) return Buffer.from(primitive);
    throw invalidType('first', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
  }

  static override of(...bytes: number[]): Buffer {
    return wrap(Uint8Array.of(...bytes));
  }

  static alloc(size: number, fill?: string | number | Uint8Array, encoding?: string): Buffer {
    if (typeof size !== 'number') throw invalidType('size', 'of type number', size);
    const buffer = new Buffer(size);
    return fill === undefined || fill === 0 ? buffer : buffer.fill(fill, 0, size, encoding);
  }

  static allocUnsafe(size: number): Buffer {
    return Buffer.alloc(size);
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static isEncoding(name: unknown): boolean {
    return isEncoding(name);
  }

  static byteLength(value: string | ArrayBuffer | ArrayBufferView, encoding?: string): number {
    if (typeof value !== 'string') return value.byteLength;
    const isUtf8 = encoding === undefined || /^utf-?8$/i.test(encoding);
    return isUtf8 ? utf8Length(value) : toBytes(value, encoding).length;
  }

  static concat(list: readonly Uint8Array[], totalLength?: number): Buffer {
    const length = totalLength ?? list.reduce((sum, part) => sum + part.length, 0);
    const whole = Buffer.alloc(length);
    let at = 0;
    for (const part of list) {
      whole.set(part.subarray(0, Math.max(0, length - at)), Math.min(at, length));
      at += part.length;
    }
    return whole;
  }

  static compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const difference = (a[i] ?? 0) - (b[i] ?? 0);
      if (difference !== 0) return difference < 0 ? -1 : 1;
    }
    return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
  }

  override toString(encoding?: string, start = 0, end = this.length): string {
    return toText(this.subarray(Math.max(0, start), end), encoding);
  }

  override toLocaleString(encoding?: string): string {
    return this.toString(encoding);
  }

  toJSON(): { type: 'Buffer'; data: number[] } {
    return { type: 'Buffer', data: Array.from(this) };
  }

  equals(other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0;
  }

  compare(other: Uint8Array): -1 | 0 | 1 {
    return Buffer.compare(this, other);
  }

  /** Shares its memory, unlike a typed array's own `slice`. */
  override slice(start?: number, end?: number): Buffer {
    return wrap(this.subarray(start, end));
  }

  write(text: string, ...rest: (number | string)[]): number {
    const encoding = rest.find((item) => typeof item === 'string');
    const [offset = 0, length = this.length - offset] = rest.filter((item) => typeof item === 'number');
    if (offset > this.length) throw nodeError('ERR_OUT_OF_RANGE', 'The value of "offset" is out of range.', RangeError);
    const bytes = toBytes(text, encoding).subarray(0, Math.min(length, this.length - offset));
    this.set(bytes, offset);
    return bytes.length;
  }

  copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }

  override fill(value: unknown, start: unknown = 0, end: unknown = this.length, encoding?: string): this {
    if (typeof start === 'string') return this.fill(value, 0, this.length, start);
    if (typeof value === 'number') return super.fill(value & 0xff, Number(start), Number(end));
    const pattern = typeof value === 'string' ? toBytes(value, encoding) : (value as Uint8Array);
    if (pattern.length === 0) return super.fill(0, Number(start), Number(end));
    for (let at = Number(start), i = 0; at < Number(end); at++, i++) this[at] = pattern[i % pattern.length] ?? 0;
    return this;
  }

  override indexOf(value: unknown, start = 0, encoding?: string): number {
    if (typeof value === 'number') return super.indexOf(value & 0xff, start);
    const pattern = typeof value === 'string' ? toBytes(value, encoding) : (value as Uint8Array);
    for (let at = Math.max(0, start); at + pattern.length <= this.length; at++) {
      if (pattern.every((byte, i) => this[at + i] === byte)) return at;
    }
    return -1;
  }

  override includes(value: unknown, start = 0, encoding?: string): boolean {
    return this.indexOf(value, start, encoding) >= 0;
  }

  [customInspect](): string {
    const shown = Array.from(this.subarray(0, shownBytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const left = this.length - shownBytes;
    return `<Buffer${shown === '' ? '' : ` ${shown}`}${left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : ''}>`;
  }
}

defineHidden(Buffer.prototype, numberMethods);
Object.assign(Buffer, { poolSize: 8192, allocUnsafeSlow: Buffer.allocUnsafe });
