import type { OpenFile } from '../files/descriptors.ts';
import { readFile, writeFile } from '../files/file-content.ts';
import { ErrnoError } from './errno.ts';
import { type Kernel, negated, positive } from './kernel.ts';
import { appendFlag } from './open-calls.ts';

/** Vectors of one call: Linux's UIO_MAXIOV. */
const maxVectors = 1024;

/** Calls that move bytes through an open descriptor. */
export function createStreamCalls(kernel: Kernel) {
  const { memory, tree, descriptors } = kernel;

  function readInto(file: OpenFile, target: Uint8Array, offset: number): number {
    if (!file.canRead) throw new ErrnoError('EBADF');
    switch (file.node.kind) {
      case 'file':
        return readFile(file.node, offset, target);
      case 'device':
        return file.node.device.read(target);
      default:
        throw new ErrnoError('EISDIR');
    }
  }

  function writeFrom(file: OpenFile, bytes: Uint8Array, offset: number): number {
    if (!file.canWrite) throw new ErrnoError('EBADF');
    switch (file.node.kind) {
      case 'file':
        file.node.modifiedMs = kernel.now();
        return writeFile(file.node, offset, bytes, tree.space);
      case 'device':
        return file.node.device.write(bytes);
      default:
        throw new ErrnoError('EISDIR');
    }
  }

  /** Moves each vector until one comes back short; an error after some bytes ends the call with those bytes. */
  function eachVector(
    vectors: number,
    count: number,
    start: number,
    move: (part: Uint8Array, offset: number) => number,
  ): number {
    if (count >>> 0 > maxVectors) throw new ErrnoError('EINVAL');
    let moved = 0;
    for (let index = 0; index < count; index += 1) {
      const part = memory.bytes(memory.u32(vectors + 8 * index), memory.u32(vectors + 8 * index + 4));
      try {
        const done = move(part, start + moved);
        moved += done;
        if (done < part.length) break;
      } catch (error) {
        if (moved > 0 && error instanceof ErrnoError) break;
        throw error;
      }
    }
    return moved;
  }

  function seekable(fd: number): OpenFile {
    const file = descriptors.get(fd);
    if (file.node.kind === 'device') throw new ErrnoError('ESPIPE');
    return file;
  }

  return {
    fd_read: positive((fd: number, vectors: number, count: number, result: number) => {
      const file = descriptors.get(fd);
      const moved = eachVector(vectors, count, file.position, (part, at) => readInto(file, part, at));
      file.position += moved;
      memory.setU32(result, moved);
    }),
    fd_write: positive((fd: number, vectors: number, count: number, result: number) => {
      const file = descriptors.get(fd);
      if (file.node.kind === 'file' && (file.flags & appendFlag) !== 0) file.position = file.node.size;
      const moved = eachVector(vectors, count, file.position, (part, at) => writeFrom(file, part, at));
      file.position += moved;
      memory.setU32(result, moved);
    }),
    fd_pread: positive((fd: number, vectors: number, count: number, offset: bigint, result: number) => {
      const file = seekable(fd);
      const moved = eachVector(vectors, count, toOffset(offset), (part, at) => readInto(file, part, at));
      memory.setU32(result, moved);
    }),
    fd_pwrite: positive((fd: number, vectors: number, count: number, offset: bigint, result: number) => {
      const file = seekable(fd);
      const moved = eachVector(vectors, count, toOffset(offset), (part, at) => writeFrom(file, part, at));
      memory.setU32(result, moved);
    }),
    fd_seek: positive((fd: number, offset: bigint, whence: number, result: number) => {
      const file = seekable(fd);
      const size = file.node.kind === 'file' ? file.node.size : 0;
      const origins = [0, file.position, size];
      const position = (origins[whence] ?? Number.NaN) + Number(offset);
      file.position = toOffset(position);
      if (file.position === 0) file.listing = null;
      memory.setI64(result, BigInt(file.position));
    }),
    fd_sync: positive((fd: number) => {
      descriptors.get(fd);
    }),
    fd_close: positive((fd: number) => descriptors.close(fd)),
    fd_fdstat_get: positive((fd: number, result: number) => {
      const { node } = descriptors.get(fd);
      // Not 2, a character device: `isatty` of this C library would call it a terminal.
      const fileTypes = { file: 4, folder: 3, link: 7, device: 0 } as const;
      memory.bytes(result, 24).fill(0);
      memory.setU8(result, fileTypes[node.kind]);
    }),
    __syscall_fdatasync: negated((fd: number) => {
      descriptors.get(fd);
      return 0;
    }),
    __syscall_fadvise64: () => 0,
  };
}

/** File offsets are whole numbers that JavaScript holds exactly. */
export function toOffset(offset: bigint | number): number {
  const position = Number(offset);
  if (!Number.isSafeInteger(position) || position < 0) throw new ErrnoError('EINVAL');
  return position;
}
