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

/** Kills what functions have left behind. */
export function killDescendants(): void {
  for (const { pid } of descendants()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself in the meantime.
    }
  }
}

const PAGE_KIB = 4;

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
      try {
        // The command, in parentheses, may hold spaces; the state and the parent come after it.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (fields[0] === 'Z') return [];
        const pages = Number(readFileSync(`/proc/${name}/statm`, 'utf8').split(' ')[1]);
        return [{ pid: Number(name), parentPid: Number(fields[1]), residentMiB: (pages * PAGE_KIB) / 1024 }];
      } catch {
        return [];
      }
    });
}
