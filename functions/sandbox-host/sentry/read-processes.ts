import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Linux reports process times in units of 1/100 s on every architecture (USER_HZ). */
const MS_PER_TICK = 10;

export interface HostProcess {
  readonly pid: number;
  readonly uid: number;
  readonly parentPid: number;
  readonly cpuTimeMs: number;
  /** In clock ticks since the machine started; tells a process from a later one with its number. */
  readonly startedAt: number;
}

/**
 * The live processes of the machine, or of the uids that are wanted, which costs less. A zombie is not among them: it
 * holds nothing but its number. /proc shows a process under its own uid only while it is dumpable, which a sentry is as
 * long as runsc is readable.
 */
export function readProcesses(wanted?: (uid: number) => boolean): HostProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const uid = statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid;
    if (uid === undefined || wanted?.(uid) === false) return [];
    try {
      return parseStat({ pid: Number(name), uid }, readFileSync(`/proc/${name}/stat`, 'utf8'));
    } catch {
      return []; // it ended while we looked
    }
  });
}

/** The live processes of one uid. */
export function readProcessesOf(uid: number): HostProcess[] {
  return readProcesses((each) => each === uid);
}

/** proc(5): the name may hold spaces and parentheses, the fields count from behind it. */
function parseStat(id: { pid: number; uid: number }, stat: string): HostProcess[] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid] = fields;
  if (state === 'Z' || state === 'X') return [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return [
    { ...id, parentPid: Number(parentPid), cpuTimeMs: ticks * MS_PER_TICK, startedAt: Number(fields[19]) },
  ];
}
