import { randomFillSync } from 'node:crypto';
import { ErrnoError } from '../kernel/errno.ts';
import type { Device } from './node.ts';

export const nullDevice: Device = {
  read: () => 0,
  write: (bytes) => bytes.length,
};

export const zeroDevice: Device = {
  read(target) {
    target.fill(0);
    return target.length;
  },
  write: (bytes) => bytes.length,
};

export const randomDevice: Device = {
  read(target) {
    randomFillSync(target);
    return target.length;
  },
  write: (bytes) => bytes.length,
};

/** The program's stdin: all of it is there from the start. */
export function createInput(input: Uint8Array): Device {
  let position = 0;
  return {
    read(target) {
      const part = input.subarray(position, position + target.length);
      target.set(part);
      position += part.length;
      return part.length;
    },
    write() {
      throw new ErrnoError('EBADF');
    },
  };
}

/** Where a program's output leaves the sandbox. Bytes are only valid during the call. */
export function createOutput(write: (bytes: Uint8Array) => void): Device {
  return {
    read() {
      throw new ErrnoError('EBADF');
    },
    write(bytes) {
      write(bytes);
      return bytes.length;
    },
  };
}
