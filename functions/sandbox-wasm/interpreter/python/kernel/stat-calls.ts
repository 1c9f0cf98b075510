import { blocksOf } from '../files/file-content.ts';
import { modeOf, type Node, nodeBytes } from '../files/node.ts';
import { ErrnoError } from './errno.ts';
import { findAt, type Kernel, negated } from './kernel.ts';

const noFollow = 0x100;
const emptyPath = 0x1000;
/** The user and group that every file and the program itself belong to. */
export const userId = 1000;

/** Calls that look at files without opening them. */
export function createStatCalls(kernel: Kernel) {
  const { memory, tree, descriptors } = kernel;

  /** Layout of musl's `struct stat` on wasm32 (`arch/emscripten/bits/stat.h`). */
  function writeStat(buffer: number, node: Node): number {
    const size = node.kind === 'file' ? node.size : nodeBytes;
    memory.setU32(buffer, 1);
    memory.setU32(buffer + 4, modeOf(node));
    memory.setU32(buffer + 8, Math.max(0, node.links));
    memory.setU32(buffer + 12, userId);
    memory.setU32(buffer + 16, userId);
    memory.setU32(buffer + 20, 0);
    memory.setI64(buffer + 24, BigInt(size));
    memory.setI32(buffer + 32, 4096);
    memory.setI32(buffer + 36, blocksOf(size) / 512);
    writeTime(buffer + 40, node.accessedMs);
    writeTime(buffer + 56, node.modifiedMs);
    writeTime(buffer + 72, node.changedMs);
    memory.setI64(buffer + 88, BigInt(node.inode));
    return 0;
  }

  function writeTime(address: number, timeMs: number): void {
    const seconds = Math.floor(timeMs / 1000);
    memory.setI64(address, BigInt(seconds));
    memory.setI32(address + 8, Math.floor((timeMs - seconds * 1000) * 1e6));
  }

  /** Layout of musl's `struct statfs` on wasm32. */
  function writeStatFs(buffer: number): number {
    const blocks = BigInt(Math.floor(tree.space.limitBytes / nodeBytes));
    const free = blocks - BigInt(Math.ceil(tree.space.usedBytes() / nodeBytes));
    memory.bytes(buffer, 72).fill(0);
    memory.setU32(buffer + 4, nodeBytes);
    memory.setI64(buffer + 8, blocks);
    memory.setI64(buffer + 16, free);
    memory.setI64(buffer + 24, free);
    memory.setI64(buffer + 32, blocks);
    memory.setI64(buffer + 40, free);
    memory.setU32(buffer + 56, 255);
    memory.setU32(buffer + 60, nodeBytes);
    return 0;
  }

  function existing(folderFd: number, path: number, follow: boolean): Node {
    const { node } = findAt(kernel, folderFd, path, follow);
    if (node === null) throw new ErrnoError('ENOENT');
    return node;
  }

  return {
    __syscall_stat64: negated((path: number, buffer: number) =>
      writeStat(buffer, existing(-100, path, true)),
    ),
    __syscall_lstat64: negated((path: number, buffer: number) =>
      writeStat(buffer, existing(-100, path, false)),
    ),
    __syscall_fstat64: negated((fd: number, buffer: number) => writeStat(buffer, descriptors.get(fd).node)),
    __syscall_newfstatat: negated((folderFd: number, path: number, buffer: number, flags: number) => {
      if ((flags & emptyPath) !== 0 && memory.string(path) === '') {
        return writeStat(buffer, folderFd === -100 ? kernel.workingFolder : descriptors.get(folderFd).node);
      }
      return writeStat(buffer, existing(folderFd, path, (flags & noFollow) === 0));
    }),
    __syscall_statfs64: negated((path: number, _size: number, buffer: number) => {
      existing(-100, path, true);
      return writeStatFs(buffer);
    }),
    __syscall_fstatfs64: negated((fd: number, _size: number, buffer: number) => {
      descriptors.get(fd);
      return writeStatFs(buffer);
    }),
    __syscall_faccessat: negated((folderFd: number, path: number, mode: number) => {
      const node = existing(folderFd, path, true);
      const wantsWrite = (mode & 2) !== 0;
      const wantsExecute = (mode & 1) !== 0;
      if (wantsWrite && node.isReadOnly && node.kind !== 'device') throw new ErrnoError('EROFS');
      if (wantsExecute && node.kind === 'file' && (node.mode & 0o111) === 0) throw new ErrnoError('EACCES');
      return 0;
    }),
    __syscall_readlinkat: negated((folderFd: number, path: number, buffer: number, size: number) => {
      const node = existing(folderFd, path, false);
      if (node.kind !== 'link' || size <= 0) throw new ErrnoError('EINVAL');
      const target = Buffer.from(node.target).subarray(0, size);
      memory.bytes(buffer, target.length).set(target);
      return target.length;
    }),
  };
}
