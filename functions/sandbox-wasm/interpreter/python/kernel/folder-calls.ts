import { resizeFile } from '../files/file-content.ts';
import { assertWritable, type Place } from '../files/file-tree.ts';
import type { FolderNode, Node } from '../files/node.ts';
import { ErrnoError } from './errno.ts';
import { findAt, type Kernel, negated } from './kernel.ts';
import { toOffset } from './stream-calls.ts';

const removeFolder = 0x200;
/** `struct dirent` of wasm32: 19 bytes of numbers and a name of up to 255 bytes, aligned to 8. */
const entryBytes = 280;
/** Folders being read at once: a listing holds every name, so they are bounded. */
const maxListings = 32;

/** Calls that change names in folders, and the folder calls `chdir`, `getcwd` and `getdents`. */
export function createFolderCalls(kernel: Kernel) {
  const { memory, tree, descriptors } = kernel;
  const listings = new Set<object>();

  function enter(node: Node | null): number {
    if (node === null) throw new ErrnoError('ENOENT');
    if (node.kind !== 'folder') throw new ErrnoError('ENOTDIR');
    kernel.workingFolder = node;
    return 0;
  }

  function unlink(place: Place, wantsFolder: boolean): number {
    const { node } = place;
    if (node === null) throw new ErrnoError('ENOENT');
    if (place.name === '.' || place.name === '..') throw new ErrnoError('EINVAL');
    if (node.kind === 'folder' && !wantsFolder) throw new ErrnoError('EISDIR');
    if (node.kind !== 'folder' && wantsFolder) throw new ErrnoError('ENOTDIR');
    if (node.kind === 'folder' && node.entries.size > 0) throw new ErrnoError('ENOTEMPTY');
    tree.unlink(place);
    return 0;
  }

  function rename(from: Place, to: Place): number {
    if (from.node === null) throw new ErrnoError('ENOENT');
    if ([from.name, to.name].some((name) => name === '.' || name === '..')) throw new ErrnoError('EINVAL');
    if (from.node === to.node) return 0;
    if (from.node.kind === 'folder' && isInside(to.folder, from.node)) throw new ErrnoError('EINVAL');
    if (to.node !== null) {
      if (to.node.kind === 'folder' && from.node.kind !== 'folder') throw new ErrnoError('EISDIR');
      unlink(to, from.node.kind === 'folder');
    }
    tree.move(from, to);
    return 0;
  }

  function listFolder(fd: number, buffer: number, size: number): number {
    const file = descriptors.get(fd);
    const { node } = file;
    if (node.kind !== 'folder') throw new ErrnoError('ENOTDIR');
    if (file.listing === null) {
      for (const open of listings) if ((open as typeof file).node.opens === 0) listings.delete(open);
      if (listings.size >= maxListings) throw new ErrnoError('EMFILE');
      listings.add(file);
      file.listing = ['.', '..', ...node.entries.keys()];
    }
    let written = 0;
    while (file.position < file.listing.length && written + entryBytes <= size) {
      const name = file.listing[file.position] ?? '';
      file.position += 1;
      const entry = name === '.' || name === '..' ? node : node.entries.get(name);
      if (entry === undefined) continue;
      writeEntry(buffer + written, entry, name, file.position);
      written += entryBytes;
    }
    return written;
  }

  function writeEntry(address: number, node: Node, name: string, next: number): void {
    const types = { file: 8, folder: 4, link: 10, device: 2 } as const;
    const bytes = memory.bytes(address, entryBytes);
    memory.setI64(address, BigInt(node.inode));
    memory.setI64(address + 8, BigInt(next));
    memory.setI16(address + 16, entryBytes);
    memory.setU8(address + 18, types[node.kind]);
    bytes.fill(0, 19);
    bytes.set(Buffer.from(name).subarray(0, 255), 19);
  }

  return {
    __syscall_mkdirat: negated((folderFd: number, path: number, mode: number) => {
      tree.makeFolder(findAt(kernel, folderFd, path, false), mode & ~0o022);
      return 0;
    }),
    __syscall_symlinkat: negated((target: number, folderFd: number, path: number) => {
      const text = memory.string(target);
      if (text === '') throw new ErrnoError('ENOENT');
      tree.makeLink(findAt(kernel, folderFd, path, false), text);
      return 0;
    }),
    __syscall_unlinkat: negated((folderFd: number, path: number, flags: number) =>
      unlink(findAt(kernel, folderFd, path, false), (flags & removeFolder) !== 0),
    ),
    __syscall_rmdir: negated((path: number) => unlink(findAt(kernel, -100, path, false), true)),
    __syscall_renameat: negated((fromFd: number, from: number, toFd: number, to: number) =>
      rename(findAt(kernel, fromFd, from, false), findAt(kernel, toFd, to, false)),
    ),
    __syscall_truncate64: negated((path: number, length: bigint) => {
      const { node } = findAt(kernel, -100, path, true);
      if (node === null) throw new ErrnoError('ENOENT');
      return truncate(kernel, node, length);
    }),
    __syscall_ftruncate64: negated((fd: number, length: bigint) => {
      const file = descriptors.get(fd);
      if (!file.canWrite) throw new ErrnoError('EINVAL');
      return truncate(kernel, file.node, length);
    }),
    __syscall_fallocate: negated((fd: number, mode: number, offset: bigint, length: bigint) => {
      const file = descriptors.get(fd);
      if (!file.canWrite) throw new ErrnoError('EBADF');
      if (mode !== 0 || file.node.kind !== 'file') throw new ErrnoError('EINVAL');
      const end = toOffset(offset) + toOffset(length);
      return end > file.node.size ? truncate(kernel, file.node, BigInt(end)) : 0;
    }),
    __syscall_chdir: negated((path: number) => enter(findAt(kernel, -100, path, true).node)),
    __syscall_fchdir: negated((fd: number) => enter(descriptors.get(fd).node)),
    __syscall_getcwd: negated((buffer: number, size: number) => {
      const path = Buffer.from(`${tree.pathOf(kernel.workingFolder)}\0`);
      if (size >>> 0 < path.length) throw new ErrnoError('ERANGE');
      memory.bytes(buffer, path.length).set(path);
      return path.length;
    }),
    __syscall_getdents64: negated(listFolder),
  };
}

function truncate(kernel: Kernel, node: Node, length: bigint): number {
  if (node.kind === 'folder') throw new ErrnoError('EISDIR');
  if (node.kind !== 'file') throw new ErrnoError('EINVAL');
  assertWritable(node);
  resizeFile(node, toOffset(length), kernel.tree.space);
  node.modifiedMs = kernel.now();
  return 0;
}

function isInside(folder: FolderNode, ancestor: FolderNode): boolean {
  for (let at = folder; at !== at.parent; at = at.parent) if (at === ancestor) return true;
  return false;
}
