import { readFileSync } from 'node:fs';
import { descendants } from '../../../../local/process-tree.ts';

/** The sandboxes for Python that a process has started and that still run. */
export function sandboxesOf(parent: number): number[] {
  return descendants(parent)
    .filter(({ pid, parentPid }) => parentPid === parent && isSandbox(pid))
    .map(({ pid }) => pid);
}

/** Between fork and exec it has its parent's command line still, and in the middle of an exec none at all. */
function isSandbox(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('python-child.mjs');
  } catch {
    return false;
  }
}

/** Whether a process runs; a zombie that nobody has waited for doesn't. */
export function isRunning(pid: number): boolean {
  const fields = statOf(pid);
  return fields !== null && fields[0] !== 'Z' && fields[0] !== 'X';
}

/** Waits until it is so. The test's own timeout is the limit. */
export async function until(isSo: () => boolean): Promise<void> {
  await untilSeen(isSo, (seen) => seen);
}

/** Waits until what is read is as wanted, and answers just that reading: the next one may differ for a moment. */
export async function untilSeen<T>(read: () => T, isWanted: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = read();
    if (isWanted(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The fields of /proc/<pid>/stat after the command, whose name may hold anything. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
