import { ErrnoError } from '../kernel/errno.ts';
import type { FileTree } from './file-tree.ts';
import type { Node } from './node.ts';

const maxDescriptors = 256;

/** What `open` gave: shared by all descriptors that `dup` made of it. */
export interface OpenFile {
  readonly node: Node;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** The O_ flags that `fcntl(F_GETFL)` shows. */
  flags: number;
  position: number;
  /** The names that a folder's reader is walking through. */
  listing: string[] | null;
}

/** The program's table of file descriptors. */
export interface Descriptors {
  /** EBADF when it isn't open. */
  get(fd: number): OpenFile;
  has(fd: number): boolean;
  open(node: Node, access: { canRead: boolean; canWrite: boolean; flags: number }): number;
  /** The lowest free number from `least` on now means the same open file. */
  duplicate(fd: number, least: number): number;
  /** Like dup2: closes `to` first. */
  duplicateTo(fd: number, to: number): number;
  close(fd: number): void;
}

export function createDescriptors(tree: FileTree): Descriptors {
  const table: (OpenFile | undefined)[] = [];
  const references = new Map<OpenFile, number>();

  function get(fd: number): OpenFile {
    const file = table[fd];
    if (file === undefined) throw new ErrnoError('EBADF');
    return file;
  }

  function lowestFree(least: number): number {
    let fd = least;
    while (table[fd] !== undefined) fd += 1;
    if (fd >= maxDescriptors) throw new ErrnoError('EMFILE');
    return fd;
  }

  function place(fd: number, file: OpenFile): number {
    table[fd] = file;
    references.set(file, (references.get(file) ?? 0) + 1);
    return fd;
  }

  function close(fd: number): void {
    const file = get(fd);
    table[fd] = undefined;
    const left = (references.get(file) ?? 1) - 1;
    references.set(file, left);
    if (left > 0) return;
    references.delete(file);
    const { node } = file;
    node.opens -= 1;
    if (node.kind === 'device') notify(file, 'close');
    tree.releaseIfUnused(node);
  }

  return {
    get,
    has: (fd) => table[fd] !== undefined,
    open(node, { canRead, canWrite, flags }) {
      const fd = lowestFree(0);
      const file: OpenFile = { node, canRead, canWrite, flags, position: 0, listing: null };
      node.opens += 1;
      if (node.kind === 'device') notify(file, 'open');
      return place(fd, file);
    },
    duplicate: (fd, least) => place(lowestFree(least), get(fd)),
    duplicateTo(fd, to) {
      const file = get(fd);
      if (to < 0 || to >= maxDescriptors) throw new ErrnoError('EBADF');
      if (table[to] !== undefined) close(to);
      return place(to, file);
    },
    close,
  };
}

function notify(file: OpenFile, event: 'open' | 'close'): void {
  if (file.node.kind !== 'device') return;
  if (file.canRead) file.node.device[event]?.('read');
  if (file.canWrite) file.node.device[event]?.('write');
}
