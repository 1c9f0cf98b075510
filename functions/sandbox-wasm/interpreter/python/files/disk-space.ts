import { ErrnoError } from '../kernel/errno.ts';

/**
 * What the program's files may take together. Logical sizes count, holes included: a sparse file costs what it
 * claims, so no trick with seek or truncate gets past the limit.
 */
export interface DiskSpace {
  readonly limitBytes: number;
  usedBytes(): number;
  /** ENOSPC when it doesn't fit; then nothing is taken. A negative number gives space back. */
  take(bytes: number): void;
}

export function createDiskSpace(limitBytes: number): DiskSpace {
  let used = 0;
  return {
    limitBytes,
    usedBytes: () => used,
    take(bytes) {
      if (used + bytes > limitBytes) throw new ErrnoError('ENOSPC');
      used += bytes;
    },
  };
}
