import { ErrnoError } from '../kernel/errno.ts';
import type { Device } from './node.ts';

/** Capacity of a pipe on Linux (pipe(7)). */
const capacityBytes = 65_536;

/**
 * A pipe whose two ends are both in this one-threaded program. Where a process would wait for its other end,
 * nobody could ever wake it: that is EAGAIN.
 */
export function createPipe(): Device {
  const ring = Buffer.alloc(capacityBytes);
  let readAt = 0;
  let buffered = 0;
  const ends = { read: 0, write: 0 };

  return {
    open(direction) {
      ends[direction] += 1;
    },
    close(direction) {
      ends[direction] -= 1;
    },
    poll: () => ({
      canRead: buffered > 0 || ends.write === 0,
      canWrite: buffered < capacityBytes || ends.read === 0,
    }),
    read(target) {
      if (buffered === 0 && ends.write > 0) throw new ErrnoError('EAGAIN');
      const length = Math.min(target.length, buffered);
      for (let index = 0; index < length; index += 1) {
        target[index] = ring[(readAt + index) % capacityBytes] ?? 0;
      }
      readAt = (readAt + length) % capacityBytes;
      buffered -= length;
      return length;
    },
    write(bytes) {
      if (ends.read === 0) throw new ErrnoError('EPIPE');
      const length = Math.min(bytes.length, capacityBytes - buffered);
      if (length === 0 && bytes.length > 0) throw new ErrnoError('EAGAIN');
      for (let index = 0; index < length; index += 1) {
        ring[(readAt + buffered + index) % capacityBytes] = bytes[index] ?? 0;
      }
      buffered += length;
      return length;
    },
  };
}
