import { cpus } from 'node:os';

/** How busy this machine is, with everything that runs on it. */
export interface MachineLoad {
  /** The share of all cores that had nothing to do lately: 0 to 1. */
  idleShare(): number;
}

/** The kernel counts in ticks of 10 ms: a shorter time says little. */
const WINDOW_MS = 50;

export function watchMachineLoad(): MachineLoad {
  let last = look();
  let share = 1;
  return {
    idleShare() {
      const now = look();
      if (now.atMs - last.atMs >= WINDOW_MS) {
        share = (now.idle - last.idle) / Math.max(1, now.total - last.total);
        last = now;
      }
      return share;
    },
  };
}

function look(): { atMs: number; idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { atMs: performance.now(), idle, total };
}
