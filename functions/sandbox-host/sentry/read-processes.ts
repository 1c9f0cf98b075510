import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Linux reports process times in units of 1/100 s on every architecture (USER_HZ). */
const MS_PER_TICK = 10;

export interface HostProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly cpuTimeMs: number;
  /** In clock ticks since the machine started; tells a process from a later one with its number. */
  readonly startedAt: number;
}

/**
 * The live processes of one uid, or all when null. A zombie is not among them: it holds nothing but its number.
 * /proc shows a process under its own uid only while it is dumpable, which a sentry is as long as runsc is readable.
 */
export function readProcesses(uid: number | null): HostProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (uid !== null && statSync(`/proc/${name}`).uid !== uid) return [];
      return parseStat(Number(name), readFileSync(`/proc/${name}/stat`, 'utf8'));
    } catch {
      return []; // it ended while we looked
    }
  });
}

/** proc(5): the name may hold spaces and parentheses, the fields count from behind it. */
function parseStat(pid: number, stat: string): HostProcess[] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid] = fields;
  if (state === 'Z' || state === 'X') return [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return [
    { pid, parentPid: Number(parentPid), cpuTimeMs: ticks * MS_PER_TICK, startedAt: Number(fields[19]) },
  ];
}
