import { ErrnoError } from './errno.ts';

/** Longest string that a system call takes: PATH_MAX of Linux. */
const maxStringBytes = 4096;

/**
 * The interpreter's memory as system calls see it. Every address comes from untrusted code: one outside the
 * memory is EFAULT, never a JavaScript error.
 */
export interface LinearMemory {
  /** A window on `length` bytes at `address`; valid until the memory grows. */
  bytes(address: number, length: number): Uint8Array;
  /** The NUL-terminated UTF-8 string at `address`; ENAMETOOLONG past 4,096 bytes. */
  string(address: number): string;
  i32(address: number): number;
  u32(address: number): number;
  i16(address: number): number;
  i64(address: number): bigint;
  setU8(address: number, value: number): void;
  setI16(address: number, value: number): void;
  setI32(address: number, value: number): void;
  setU32(address: number, value: number): void;
  setI64(address: number, value: bigint): void;
}

const decoder = new TextDecoder();

export function createLinearMemory(memory: WebAssembly.Memory): LinearMemory {
  let view = new DataView(memory.buffer);

  /** Addresses cross the border as signed 32-bit numbers, and growth detaches the buffer. */
  function seen(address: number, length: number): DataView {
    if (view.buffer !== memory.buffer) view = new DataView(memory.buffer);
    if ((address >>> 0) + length > view.byteLength) throw new ErrnoError('EFAULT');
    return view;
  }

  return {
    bytes(address, length) {
      const size = length >>> 0;
      return new Uint8Array(seen(address, size).buffer, address >>> 0, size);
    },
    string(address) {
      const start = address >>> 0;
      const { buffer, byteLength } = seen(address, 1);
      const window = new Uint8Array(buffer, start, Math.min(maxStringBytes, byteLength - start));
      const end = window.indexOf(0);
      if (end < 0) throw new ErrnoError('ENAMETOOLONG');
      return decoder.decode(window.subarray(0, end));
    },
    i32: (address) => seen(address, 4).getInt32(address >>> 0, true),
    u32: (address) => seen(address, 4).getUint32(address >>> 0, true),
    i16: (address) => seen(address, 2).getInt16(address >>> 0, true),
    i64: (address) => seen(address, 8).getBigInt64(address >>> 0, true),
    setU8: (address, value) => seen(address, 1).setUint8(address >>> 0, value),
    setI16: (address, value) => seen(address, 2).setInt16(address >>> 0, value, true),
    setI32: (address, value) => seen(address, 4).setInt32(address >>> 0, value, true),
    setU32: (address, value) => seen(address, 4).setUint32(address >>> 0, value, true),
    setI64: (address, value) => seen(address, 8).setBigInt64(address >>> 0, value, true),
  };
}
