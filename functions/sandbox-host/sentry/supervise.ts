import { performance } from 'node:perf_hooks';
import { type GuestMemory, openGuestMemory } from './guest-memory.ts';
import type { HostProcess } from './read-processes.ts';
import type { SentryLimit, SentryUsage } from './sentry.ts';

/**
 * memory  |·|·|·|·|·|·|·|·|·|·|      every 20 ms: a guest takes about 1 GB/s, so it passes its limit by some 20 MB
 * others  |·········|·········|      every 100 ms: processes, CPU time, the sentry's own heap
 */
const MEMORY_PERIOD_MS = 20;
const PROCESS_PERIOD_MS = 100;

/** A guest process is up to three on the host (systrap: one for system calls, one per CPU up to two), the sentry some more. */
const HOST_PROCESSES_PER_GUEST_PROCESS = 3;
const HOST_PROCESSES_OF_SENTRY = 8;

export interface Supervised {
  readonly pid: number;
  readonly inspectAs: number;
  readonly processes: number;
  readonly memoryMiB: number;
  readonly cpuTimeMs?: number | undefined;
  readonly listProcesses: () => HostProcess[];
  /** Called once, by the first limit that is passed. */
  readonly onLimit: (limit: SentryLimit) => void;
}

export interface Supervision {
  usage(): SentryUsage;
  limit(limits: { memoryMiB?: number; cpuTimeMs?: number }): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Measures one sandbox from outside, for a host without cgroups, until stopped. */
export function supervise(sandbox: Supervised): Supervision {
  const memory: GuestMemory = openGuestMemory(sandbox.pid, sandbox.inspectAs);
  const hostProcesses = sandbox.processes * HOST_PROCESSES_PER_GUEST_PROCESS + HOST_PROCESSES_OF_SENTRY;
  const limits = { memoryMiB: sandbox.memoryMiB, cpuTimeMs: sandbox.cpuTimeMs ?? Number.POSITIVE_INFINITY };
  const seen = { cpuTimeMs: 0, cpuCountedFromMs: 0, sentryMiB: 0, memoryMiB: 0, peakMemoryMiB: 0 };
  let processesDueAt = 0;
  let stopped = false;

  const measureMemory = () => {
    seen.memoryMiB = memory.guestMiB() + seen.sentryMiB;
    seen.peakMemoryMiB = Math.max(seen.peakMemoryMiB, seen.memoryMiB);
  };
  const measureProcesses = (): number => {
    const processes = sandbox.listProcesses();
    const cpuTimeMs = processes.reduce((sum, process) => sum + process.cpuTimeMs, 0);
    seen.cpuTimeMs = Math.max(seen.cpuTimeMs, cpuTimeMs); // what an ended process used is no longer listed
    seen.sentryMiB = memory.sentryMiB();
    return processes.length;
  };
  const passedLimit = (): SentryLimit | null => {
    if (performance.now() >= processesDueAt) {
      processesDueAt = performance.now() + PROCESS_PERIOD_MS;
      if (measureProcesses() > hostProcesses) return 'processes';
    }
    measureMemory();
    if (seen.memoryMiB > limits.memoryMiB) return 'memoryMiB';
    if (seen.cpuTimeMs - seen.cpuCountedFromMs > limits.cpuTimeMs) return 'cpuTimeMs';
    return null;
  };
  const look = () => {
    const limit = passedLimit();
    if (limit === null) return;
    clearInterval(timer);
    sandbox.onLimit(limit);
  };
  let timer = setInterval(look, MEMORY_PERIOD_MS);

  return {
    usage: () => {
      if (!stopped) {
        measureProcesses();
        measureMemory();
      }
      const { cpuTimeMs, memoryMiB, peakMemoryMiB } = seen;
      return { cpuTimeMs, memoryMiB, peakMemoryMiB };
    },
    limit: (tighter) => {
      measureProcesses();
      seen.cpuCountedFromMs = seen.cpuTimeMs;
      Object.assign(limits, tighter);
    },
    pause: () => clearInterval(timer),
    resume: () => {
      clearInterval(timer);
      if (!stopped) timer = setInterval(look, MEMORY_PERIOD_MS);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      memory.close();
    },
  };
}
