import { assertWritable } from '../files/file-tree.ts';
import type { Node } from '../files/node.ts';
import { ErrnoError } from './errno.ts';
import { findAt, type Kernel, negated } from './kernel.ts';

const noFollow = 0x100;
/** `tv_nsec` values that stand for "now" and "leave as it is" (utimensat(2)). */
const timeNow = 0x3fffffff;
const timeOmit = 0x3ffffffe;

/** Calls that change a file's mode, owner and times. */
export function createAttributeCalls(kernel: Kernel) {
  const { memory, descriptors } = kernel;

  function existing(folderFd: number, path: number, follow: boolean): Node {
    const { node } = findAt(kernel, folderFd, path, follow);
    if (node === null) throw new ErrnoError('ENOENT');
    return node;
  }

  function setMode(node: Node, mode: number): number {
    assertWritable(node);
    node.mode = mode & 0o7777;
    node.changedMs = kernel.now();
    return 0;
  }

  /** One user owns everything here: giving a file to itself is all there is. */
  function setOwner(node: Node): number {
    assertWritable(node);
    return 0;
  }

  function timeAt(address: number, current: number): number {
    const nanoseconds = memory.i32(address + 8);
    if (nanoseconds === timeNow) return kernel.now();
    if (nanoseconds === timeOmit) return current;
    return Number(memory.i64(address)) * 1000 + nanoseconds / 1e6;
  }

  function setTimes(node: Node, times: number): number {
    assertWritable(node);
    node.accessedMs = times === 0 ? kernel.now() : timeAt(times, node.accessedMs);
    node.modifiedMs = times === 0 ? kernel.now() : timeAt(times + 16, node.modifiedMs);
    node.changedMs = kernel.now();
    return 0;
  }

  return {
    __syscall_chmod: negated((path: number, mode: number) => setMode(existing(-100, path, true), mode)),
    __syscall_fchmod: negated((fd: number, mode: number) => setMode(descriptors.get(fd).node, mode)),
    __syscall_fchmodat2: negated((folderFd: number, path: number, mode: number, flags: number) =>
      setMode(existing(folderFd, path, (flags & noFollow) === 0), mode),
    ),
    __syscall_fchown32: negated((fd: number) => setOwner(descriptors.get(fd).node)),
    __syscall_fchownat: negated(
      (folderFd: number, path: number, _user: number, _group: number, flags: number) =>
        setOwner(existing(folderFd, path, (flags & noFollow) === 0)),
    ),
    __syscall_utimensat: negated((folderFd: number, path: number, times: number, flags: number) => {
      const node =
        path === 0 ? descriptors.get(folderFd).node : existing(folderFd, path, (flags & noFollow) === 0);
      return setTimes(node, times);
    }),
    __syscall_umask_js: () => 0o022,
  };
}
