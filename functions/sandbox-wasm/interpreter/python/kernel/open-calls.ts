import { resizeFile } from '../files/file-content.ts';
import { assertWritable, type Place } from '../files/file-tree.ts';
import type { Node } from '../files/node.ts';
import { createPipe } from '../files/pipe.ts';
import { ErrnoError } from './errno.ts';
import { findAt, type Kernel, negated } from './kernel.ts';

/** Flags of `open` in musl (`bits/fcntl.h`). */
const flag = {
  accessMode: 0o3,
  writeOnly: 0o1,
  readWrite: 0o2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  folder: 0o200000,
  noFollow: 0o400000,
} as const;
export const appendFlag = flag.append;

/** Commands of `fcntl` that mean something here (`fcntl.h`). */
const command = { duplicate: 0, getFdFlags: 1, setFdFlags: 2, getFlags: 3, setFlags: 4 } as const;
const duplicateCloexec = 1030;
/** File locks: this program is alone, so every lock is free and every request succeeds. */
const lockCommand = { get: 12, set: 13, setAndWait: 14 } as const;
const unlocked = 2;

/** Calls that make, copy and close file descriptors. */
export function createOpenCalls(kernel: Kernel) {
  const { memory, tree, descriptors } = kernel;

  function open(folderFd: number, path: number, flags: number, varargs: number): number {
    const mode = (flags & flag.create) !== 0 && varargs !== 0 ? memory.i32(varargs) : 0;
    const follow =
      (flags & flag.noFollow) === 0 &&
      (flags & (flag.create | flag.exclusive)) !== (flag.create | flag.exclusive);
    const place = findAt(kernel, folderFd, path, follow);
    const node = (flags & flag.create) !== 0 ? findOrMake(place, flags, mode) : place.node;
    if (node === null) throw new ErrnoError('ENOENT');
    const access = flags & flag.accessMode;
    const canWrite = access === flag.writeOnly || access === flag.readWrite;
    assertOpenable(node, flags, canWrite);
    if (node.kind === 'file' && canWrite && (flags & flag.truncate) !== 0) resizeFile(node, 0, tree.space);
    return descriptors.open(node, { canRead: access !== flag.writeOnly, canWrite, flags });
  }

  function findOrMake(place: Place, flags: number, mode: number): Node {
    if (place.node === null) return tree.makeFile(place, mode & 0o7777 & ~0o022);
    if ((flags & flag.exclusive) !== 0) throw new ErrnoError('EEXIST');
    return place.node;
  }

  return {
    __syscall_openat: negated(open),
    __syscall_dup: negated((fd: number) => descriptors.duplicate(fd, 0)),
    __syscall_dup3: negated((fd: number, to: number) => {
      if (fd === to) throw new ErrnoError('EINVAL');
      return descriptors.duplicateTo(fd, to);
    }),
    __syscall_fcntl64: negated((fd: number, cmd: number, varargs: number) => {
      const file = descriptors.get(fd);
      switch (cmd) {
        case command.duplicate:
        case duplicateCloexec:
          return descriptors.duplicate(fd, Math.max(0, memory.i32(varargs)));
        case command.getFdFlags:
        case command.setFdFlags:
          return 0;
        case lockCommand.get:
          memory.setI16(memory.i32(varargs), unlocked);
          return 0;
        case lockCommand.set:
        case lockCommand.setAndWait:
          return 0;
        case command.getFlags:
          return file.flags;
        case command.setFlags:
          file.flags = (file.flags & ~flag.append) | (memory.i32(varargs) & flag.append);
          return 0;
        default:
          throw new ErrnoError('EINVAL');
      }
    }),
    __syscall_pipe: negated((pair: number) => {
      const now = kernel.now();
      const times = { accessedMs: now, modifiedMs: now, changedMs: now };
      const base = { inode: 0, mode: 0o600, links: 1, opens: 0, isReadOnly: true, ...times };
      const node: Node = { ...base, kind: 'device', device: createPipe() };
      const readFd = descriptors.open(node, { canRead: true, canWrite: false, flags: 0 });
      memory.setI32(pair, readFd);
      memory.setI32(pair + 4, descriptors.open(node, { canRead: false, canWrite: true, flags: 1 }));
      return 0;
    }),
  };
}

function assertOpenable(node: Node, flags: number, canWrite: boolean): void {
  if (node.kind === 'link') throw new ErrnoError('ELOOP');
  if (node.kind === 'folder' && canWrite) throw new ErrnoError('EISDIR');
  if (node.kind !== 'folder' && (flags & flag.folder) !== 0) throw new ErrnoError('ENOTDIR');
  if (node.kind === 'file' && (canWrite || (flags & flag.truncate) !== 0)) assertWritable(node);
}
