import { ErrnoError } from '../kernel/errno.ts';
import type { Device } from './node.ts';

/** Capacity of a pipe on Linux (pipe(7)). */
const capacityBytes = 65_536;

/**
 * A pipe whose two ends are both in this one-threaded program. Where a process would wait for its other end,
 * nobody could ever wake it: that is EAGAIN.
 */
export function createPipe(): Device {
  const chunks: Uint8Array[] = [];
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
      let taken = 0;
      while (taken < target.length) {
        const chunk = chunks.shift();
        if (chunk === undefined) break;
        const part = chunk.subarray(0, target.length - taken);
        target.set(part, taken);
        taken += part.length;
        if (part.length < chunk.length) chunks.unshift(chunk.subarray(part.length));
      }
      buffered -= taken;
      return taken;
    },
    write(bytes) {
      if (ends.read === 0) throw new ErrnoError('EPIPE');
      const room = Math.min(bytes.length, capacityBytes - buffered);
      if (room === 0 && bytes.length > 0) throw new ErrnoError('EAGAIN');
      chunks.push(bytes.slice(0, room));
      buffered += room;
      return room;
    },
  };
}
