import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostProcess } from './read-processes.ts';

const LONGEST_WAIT_MS = 10_000;

/**
 * Waits until no process of a sandbox is left, killing what remains: the kernel kills a sentry's children with it, some
 * milliseconds later. False when one is still there after 10 s; its uid must then never be used again.
 */
export async function waitUntilGone(listProcesses: () => HostProcess[]): Promise<boolean> {
  const giveUpAt = performance.now() + LONGEST_WAIT_MS;
  for (let pauseMs = 1; performance.now() < giveUpAt; pauseMs = Math.min(50, pauseMs * 2)) {
    const left = listProcesses();
    if (left.length === 0) return true;
    for (const { pid } of left) killQuietly(pid);
    await sleep(pauseMs);
  }
  return false;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
