import { performance } from 'node:perf_hooks';
import { type HostProcess, readProcesses } from './read-processes.ts';
import { LOWEST_SENTRY_UID } from './uid-pool.ts';

const LONGEST_AGE_MS = 50;

let readAt = Number.NEGATIVE_INFINITY;
let byUid = new Map<number, HostProcess[]>();

/**
 * The processes of one sentry as they were up to 50 ms ago: one look at /proc serves the supervision of every sentry,
 * so that twenty cost hardly more than one.
 */
export function recentProcessesOf(uid: number): HostProcess[] {
  if (performance.now() - readAt > LONGEST_AGE_MS) {
    byUid = Map.groupBy(
      readProcesses((each) => each >= LOWEST_SENTRY_UID),
      (process) => process.uid,
    );
    readAt = performance.now();
  }
  return byUid.get(uid) ?? [];
}
