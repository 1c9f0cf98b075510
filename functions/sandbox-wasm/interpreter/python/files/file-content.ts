import type { DiskSpace } from './disk-space.ts';
import type { FileNode } from './node.ts';

/** Space is counted in blocks of this size, as `st_blocks` shows. */
const blockBytes = 4096;

/** Reads at `offset` into `target`; returns the bytes read, zero at the end. */
export function readFile(file: FileNode, offset: number, target: Uint8Array): number {
  const length = Math.max(0, Math.min(target.length, file.size - offset));
  target.set(file.bytes.subarray(offset, offset + length));
  return length;
}

/** Writes all of `bytes` at `offset`, or nothing (ENOSPC). */
export function writeFile(file: FileNode, offset: number, bytes: Uint8Array, space: DiskSpace): number {
  const end = offset + bytes.length;
  if (end > file.size) resizeFile(file, end, space);
  file.bytes.set(bytes, offset);
  return bytes.length;
}

/** Cuts or extends with zeros. ENOSPC when it doesn't fit; then nothing changes. */
export function resizeFile(file: FileNode, size: number, space: DiskSpace): void {
  space.take(blocksOf(size) - blocksOf(file.size));
  if (size > file.bytes.length) reserve(file, size, space.limitBytes);
  if (size < file.size) file.bytes.fill(0, size, file.size);
  file.size = size;
}

/** Bytes that a file of this size takes on the disk. */
export function blocksOf(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/** Grows by half, so that many small appends don't copy the file each time. */
function reserve(file: FileNode, size: number, limitBytes: number): void {
  const roomy = Math.min(limitBytes, Math.ceil(file.bytes.length * 1.5));
  const bytes = new Uint8Array(Math.max(size, roomy, 256));
  bytes.set(file.bytes.subarray(0, file.size));
  file.bytes = bytes;
}
