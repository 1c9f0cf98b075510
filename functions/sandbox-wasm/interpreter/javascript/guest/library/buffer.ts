import { decodeBytes, encodeText, encodingNamed, isEncoding } from './buffer/encodings.ts';
import { installNumberAccess } from './buffer/number-access.ts';
import { compareBytes, findBytes, findLastBytes } from './buffer/search.ts';
import { utf8Length } from './buffer/utf8.ts';
import { outOfRange, wrongType } from './coded-error.ts';

export { atob, btoa } from './buffer/atob.ts';

/** `Uint8Array` without its static methods: Buffer's `from` and `of` have other signatures. */
const Bytes = Uint8Array as unknown as {
  new (length: number): Uint8Array<ArrayBuffer>;
  new (buffer: ArrayBufferLike, offset?: number, length?: number): Uint8Array<ArrayBuffer>;
};

const SHOWN_BYTES = 50;

type Needle = string | number | Uint8Array;

/** Node's Buffer: bytes with text encodings and numbers of every size. */
export class Buffer extends Bytes {
  static poolSize = 8192;

  static from(source: unknown, encodingOrOffset?: unknown, length?: number): Buffer {
    if (typeof source === 'string') return viewOn(encodeText(source, encodingNamed(encodingOrOffset)));
    if (isArrayBuffer(source)) return new Buffer(source, Number(encodingOrOffset ?? 0), length);
    if (typeof source !== 'object' || source === null) {
      throw wrongType(
        'first',
        'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
        source,
      );
    }
    const primitive: unknown = source.valueOf();
    if (primitive !== source && primitive !== null) return Buffer.from(primitive, encodingOrOffset, length);
    if ('type' in source && source.type === 'Buffer' && 'data' in source) return Buffer.from(source.data);
    return viewOn(Uint8Array.from(source as ArrayLike<number>, (byte) => byte & 0xff));
  }

  static of(...bytes: number[]): Buffer {
    return Buffer.from(bytes);
  }

  static alloc(size: number, fill?: Needle, encoding?: string): Buffer {
    if (typeof size !== 'number') throw wrongType('size', 'of type number', size);
    if (!(size >= 0 && size <= Number.MAX_SAFE_INTEGER)) {
      throw outOfRange('size', `>= 0 && <= ${Number.MAX_SAFE_INTEGER}`, size);
    }
    const buffer = new Buffer(size);
    return fill === undefined || fill === 0 ? buffer : buffer.fill(fill, encoding);
  }

  /** Zeroed like `alloc`: there is no pool to reuse. */
  static allocUnsafe(size: number): Buffer {
    return Buffer.alloc(size);
  }

  static allocUnsafeSlow(size: number): Buffer {
    return Buffer.alloc(size);
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static isEncoding(name: unknown): boolean {
    return isEncoding(name);
  }

  static byteLength(value: string | ArrayBufferLike | ArrayBufferView, encoding?: string): number {
    if (typeof value !== 'string') return value.byteLength;
    const name = encodingNamed(encoding);
    if (name === 'utf8') return utf8Length(value);
    if (name === 'utf16le') return value.length * 2;
    return name === 'hex' ? value.length >> 1 : encodeText(value, name).length;
  }

  static compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
    return compareBytes(a, b);
  }

  static concat(list: readonly Uint8Array[], totalLength?: number): Buffer {
    if (!Array.isArray(list)) throw wrongType('list', 'an instance of Array', list);
    const length = totalLength ?? list.reduce((sum, part) => sum + part.length, 0);
    const whole = Buffer.alloc(length);
    let at = 0;
    for (const part of list) {
      if (at >= length) break;
      whole.set(part.subarray(0, length - at), at);
      at += part.length;
    }
    return whole;
  }

  get parent(): ArrayBufferLike {
    return this.buffer;
  }

  override toString(encoding?: string, start = 0, end: number = this.length): string {
    const name = encodingNamed(encoding);
    const from = Math.max(0, Math.trunc(start) || 0);
    const to = Math.min(this.length, Math.trunc(end) || 0);
    return to <= from ? '' : decodeBytes(Uint8Array.prototype.subarray.call(this, from, to), name);
  }

  toJSON(): { type: 'Buffer'; data: number[] } {
    return { type: 'Buffer', data: Array.from(this) };
  }

  equals(other: Uint8Array): boolean {
    return this === other || compareBytes(this, other) === 0;
  }

  compare(
    other: Uint8Array,
    from = 0,
    to: number = other.length,
    start = 0,
    end: number = this.length,
  ): number {
    return compareBytes(this.subarray(start, end), other.subarray(from, to));
  }

  /** Shares memory, unlike the slice of other typed arrays. */
  override slice(start?: number, end?: number): Buffer {
    return this.subarray(start, end);
  }

  override subarray(start = 0, end: number = this.length): Buffer {
    const from = clampIndex(start, this.length);
    const to = Math.max(from, clampIndex(end, this.length));
    return new Buffer(this.buffer, this.byteOffset + from, to - from);
  }

  override indexOf(value: Needle, from?: number | string, encoding?: string): number {
    const start = typeof from === 'number' ? from : 0;
    return findBytes(this, needleBytes(value, typeof from === 'string' ? from : encoding), start);
  }

  override lastIndexOf(value: Needle, from?: number | string, encoding?: string): number {
    const start = typeof from === 'number' ? from : this.length;
    return findLastBytes(this, needleBytes(value, typeof from === 'string' ? from : encoding), start);
  }

  override includes(value: Needle, from?: number | string, encoding?: string): boolean {
    return this.indexOf(value, from, encoding) !== -1;
  }

  /** `write(text)`, `write(text, encoding)`, `write(text, offset[, length][, encoding])`: whole characters only. */
  write(text: string, ...placement: (number | string | undefined)[]): number {
    const encoding = encodingNamed(placement.find((part) => typeof part === 'string'));
    const [offset = 0, length = this.length - offset] = placement.filter((part) => typeof part === 'number');
    if (offset < 0 || offset > this.length) throw outOfRange('offset', `>= 0 && <= ${this.length}`, offset);
    const room = Math.min(length, this.length - offset);
    const bytes = encodeText(text, encoding);
    const written = wholeCharacters(bytes, room, encoding);
    this.set(bytes.subarray(0, written), offset);
    return written;
  }

  override fill(value: Needle, offset?: number | string, end?: number | string, encoding?: string): this {
    const name = [offset, end, encoding].find((part) => typeof part === 'string');
    const from = typeof offset === 'number' ? offset : 0;
    const to = typeof end === 'number' ? end : this.length;
    if (from < 0 || from > this.length) throw outOfRange('offset', `>= 0 && <= ${this.length}`, from);
    const pattern = needleBytes(value, name);
    if (pattern.length < 2) return super.fill(pattern[0] ?? 0, from, to);
    for (let at = from; at < to; at++) this[at] = pattern[(at - from) % pattern.length] ?? 0;
    return this;
  }

  copy(target: Uint8Array, at = 0, start = 0, end: number = this.length): number {
    const room = Math.max(0, target.length - at);
    const part = this.subarray(start, Math.min(end, start + room));
    target.set(part, at);
    return part.length;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const shown = this.subarray(0, SHOWN_BYTES)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ');
    const rest = this.length - SHOWN_BYTES;
    const more = rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : '';
    return `<Buffer ${shown}${more}>`;
  }
}

installNumberAccess(Buffer.prototype);

function viewOn(bytes: Uint8Array): Buffer {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isArrayBuffer(value: unknown): value is ArrayBufferLike {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)
  );
}

function clampIndex(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}

function needleBytes(value: Needle, encoding?: string): Uint8Array {
  if (typeof value === 'number') return Uint8Array.of(value & 0xff);
  return typeof value === 'string' ? encodeText(value, encodingNamed(encoding)) : value;
}

/** How many of the bytes fit without cutting a character. */
function wholeCharacters(bytes: Uint8Array, room: number, encoding: string): number {
  if (bytes.length <= room) return bytes.length;
  if (encoding === 'utf16le') return room & ~1;
  let end = room;
  while (encoding === 'utf8' && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}
