import { codedError, outOfRange } from '../coded-error.ts';

type Kind =
  | 'Uint8'
  | 'Int8'
  | 'Uint16'
  | 'Int16'
  | 'Uint32'
  | 'Int32'
  | 'Float32'
  | 'Float64'
  | 'BigInt64'
  | 'BigUint64';

interface Access {
  /** The name in `readX` and `writeX`. */
  readonly name: string;
  readonly kind: Kind;
  readonly bytes: number;
  readonly min?: number | bigint;
  readonly max?: number | bigint;
}

const ACCESSES: readonly Access[] = [
  { name: 'UInt8', kind: 'Uint8', bytes: 1, min: 0, max: 0xff },
  { name: 'Int8', kind: 'Int8', bytes: 1, min: -0x80, max: 0x7f },
  { name: 'UInt16', kind: 'Uint16', bytes: 2, min: 0, max: 0xffff },
  { name: 'Int16', kind: 'Int16', bytes: 2, min: -0x8000, max: 0x7fff },
  { name: 'UInt32', kind: 'Uint32', bytes: 4, min: 0, max: 0xffffffff },
  { name: 'Int32', kind: 'Int32', bytes: 4, min: -0x80000000, max: 0x7fffffff },
  { name: 'Float', kind: 'Float32', bytes: 4 },
  { name: 'Double', kind: 'Float64', bytes: 8 },
  { name: 'BigInt64', kind: 'BigInt64', bytes: 8, min: -(2n ** 63n), max: 2n ** 63n - 1n },
  { name: 'BigUInt64', kind: 'BigUint64', bytes: 8, min: 0n, max: 2n ** 64n - 1n },
];

/** Gives Buffer its `readInt32LE` family: one closure per method, no table lookups when called. */
export function installNumberAccess(prototype: object): void {
  for (const access of ACCESSES) {
    for (const order of access.bytes === 1 ? [''] : ['LE', 'BE']) {
      const read = reader(access, order === 'LE');
      const write = writer(access, order === 'LE');
      for (const name of new Set([access.name, access.name.replace('UInt', 'Uint')])) {
        hide(prototype, `read${name}${order}`, read);
        hide(prototype, `write${name}${order}`, write);
      }
    }
  }
  for (const order of ['LE', 'BE'] as const) {
    hide(prototype, `readUInt${order}`, sizedReader(order, false));
    hide(prototype, `readInt${order}`, sizedReader(order, true));
    hide(prototype, `writeUInt${order}`, sizedWriter(order, false));
    hide(prototype, `writeInt${order}`, sizedWriter(order, true));
  }
}

function hide(prototype: object, name: string, value: unknown): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

function reader({ kind, bytes }: Access, littleEndian: boolean) {
  return function read(this: Uint8Array, offset = 0): number | bigint {
    checkOffset(this, offset, bytes);
    return viewOf(this)[`get${kind}`](offset, littleEndian);
  };
}

function writer({ kind, bytes, min, max }: Access, littleEndian: boolean) {
  return function write(this: Uint8Array, value: number | bigint, offset = 0): number {
    if (min !== undefined && max !== undefined && (value < min || value > max)) {
      throw outOfRange('value', rangeText(min, max), value);
    }
    checkOffset(this, offset, bytes);
    const set = viewOf(this)[`set${kind}`] as (at: number, value: number | bigint, little: boolean) => void;
    set.call(viewOf(this), offset, typeof min === 'bigint' ? value : Number(value), littleEndian);
    return offset + bytes;
  };
}

function rangeText(min: number | bigint, max: number | bigint): string {
  if (typeof max === 'number') return `>= ${min} and <= ${max}`;
  return min === 0n ? '>= 0n and < 2n ** 64n' : '>= -(2n ** 63n) and < 2n ** 63n';
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checkOffset(bytes: Uint8Array, offset: number, size: number): void {
  const last = bytes.length - size;
  if (Number.isInteger(offset) && offset >= 0 && offset <= last) return;
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (last < 0) {
    throw codedError(
      RangeError,
      'ERR_BUFFER_OUT_OF_BOUNDS',
      'Attempt to access memory outside buffer bounds',
    );
  }
  throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
}

function checkSize(bytes: number): void {
  if (!(bytes >= 1 && bytes <= 6)) throw outOfRange('byteLength', '>= 1 and <= 6', bytes);
}

/** Integers of one to six bytes; past 32 bits only multiplication is exact. */
function sizedReader(order: 'LE' | 'BE', signed: boolean) {
  return function read(this: Uint8Array, offset: number, bytes: number): number {
    checkSize(bytes);
    checkOffset(this, offset, bytes);
    let value = 0;
    for (let index = 0; index < bytes; index++) {
      const at = order === 'BE' ? offset + index : offset + bytes - 1 - index;
      value = value * 256 + (this[at] ?? 0);
    }
    return signed && value >= 2 ** (8 * bytes - 1) ? value - 2 ** (8 * bytes) : value;
  };
}

function sizedWriter(order: 'LE' | 'BE', signed: boolean) {
  return function write(this: Uint8Array, value: number, offset: number, bytes: number): number {
    checkSize(bytes);
    const span = 2 ** (8 * bytes);
    const [min, max] = signed ? [-span / 2, span / 2 - 1] : [0, span - 1];
    if (value < min || value > max) throw outOfRange('value', `>= ${min} and <= ${max}`, value);
    checkOffset(this, offset, bytes);
    let left = Math.trunc(value) < 0 ? Math.trunc(value) + span : Math.trunc(value);
    for (let index = 0; index < bytes; index++) {
      this[order === 'LE' ? offset + index : offset + bytes - 1 - index] = left % 256;
      left = Math.floor(left / 256);
    }
    return offset + bytes;
  };
}
