import { readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * CPU time of a process's first thread so far, in ms; null where there is no /proc, or the process is gone.
 * A program runs on that thread; the others belong to the engine, which compiles what is hot on them.
 */
export function cpuTimeMsOf(pid: number): number | null {
  const stat = read(`/proc/${pid}/task/${pid}/stat`);
  if (stat === null) return null;
  // The command may hold spaces and brackets: fields are counted from its end. utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? (ticks * 1000) / ticksPerSecond : null;
}

/** Resident memory of a process in MiB, or null like {@link cpuTimeMsOf}. */
export function residentMiBOf(pid: number): number | null {
  const kilobytes = read(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
