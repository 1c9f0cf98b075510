import { readFileSync } from 'node:fs';
import { descendants } from '../local/process-tree.ts';

/**
 * Memory of a process and all its descendants in MiB, as proportional set size: pages that several of them share
 * count once. Linux only.
 */
export function treeMemoryMiB(rootPid: number): number {
  const pids = [rootPid, ...descendants(rootPid).map(({ pid }) => pid)];
  const kiB = pids.reduce((sum, pid) => sum + proportionalKiB(pid), 0);
  return Math.round(kiB / 1024);
}

export function proportionalKiB(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** A process can end while it is looked at. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
