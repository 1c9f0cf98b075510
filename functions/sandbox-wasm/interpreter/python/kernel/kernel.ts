import type { Descriptors } from '../files/descriptors.ts';
import type { FileTree, Place } from '../files/file-tree.ts';
import type { FolderNode } from '../files/node.ts';
import { ErrnoError } from './errno.ts';
import type { LinearMemory } from './linear-memory.ts';

/** Everything that a system call may touch. A new one for every run. */
export interface Kernel {
  readonly memory: LinearMemory;
  readonly tree: FileTree;
  readonly descriptors: Descriptors;
  workingFolder: FolderNode;
  /** Wall clock, ms since 1970. */
  now(): number;
}

/** AT_FDCWD: relative paths start at the working folder. */
const atWorkingFolder = -100;

/** Resolves the path string at `pathAddress` the way the `…at` system calls do. */
export function findAt(kernel: Kernel, folderFd: number, pathAddress: number, follow: boolean): Place {
  const path = kernel.memory.string(pathAddress);
  if (path === '') throw new ErrnoError('ENOENT');
  return kernel.tree.find(startAt(kernel, folderFd, path), path, follow);
}

function startAt(kernel: Kernel, folderFd: number, path: string): FolderNode {
  if (path.startsWith('/') || folderFd === atWorkingFolder) return kernel.workingFolder;
  const { node } = kernel.descriptors.get(folderFd);
  if (node.kind !== 'folder') throw new ErrnoError('ENOTDIR');
  return node;
}

/** A system call of musl: a refusal is a negative error number. */
export function negated<Args extends unknown[]>(call: (...args: Args) => number): (...args: Args) => number {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      if (error instanceof ErrnoError) return -error.errno;
      throw error;
    }
  };
}

/** A system call of WASI: zero, or a positive error number. */
export function positive<Args extends unknown[]>(call: (...args: Args) => void): (...args: Args) => number {
  return (...args) => {
    try {
      call(...args);
      return 0;
    } catch (error) {
      if (error instanceof ErrnoError) return error.errno;
      throw error;
    }
  };
}
