import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly residentMiB: number;
}

/** All processes that this one has started, directly or not, and that still run. */
export function descendants(root: number = process.pid): ProcessInfo[] {
  const all = listProcesses();
  const found: ProcessInfo[] = [];
  const parents = new Set([root]);
  for (let grown = true; grown; ) {
    const children = all.filter(({ pid, parentPid }) => parents.has(parentPid) && !parents.has(pid));
    for (const { pid } of children) parents.add(pid);
    found.push(...children);
    grown = children.length > 0;
  }
  return found;
}

/** Kills what a process has started: by default this one, whose functions may have left something behind. */
export function killDescendants(root: number = process.pid): void {
  for (const { pid } of descendants(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}

function listProcesses(): ProcessInfo[] {
  if (process.platform === 'linux') return readProc();
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parentPid = 0, kib = 0]) => ({ pid, parentPid, residentMiB: kib / 1024 }));
}

/** Linux without `ps`, which a small container doesn't have. */
function readProc(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const status = statusOf(name);
      // A zombie has no memory and can't be killed.
      if (status === undefined || /^State:\s+Z/m.test(status)) return [];
      const numberAt = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return [{ pid: Number(name), parentPid: numberAt('PPid'), residentMiB: numberAt('VmRSS') / 1024 }];
    });
}

function statusOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has ended since the listing.
    return undefined;
  }
}
