import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createGuestStarter } from '../functions/sandbox-host/guest/guest-starter.ts';
import { startGuest } from '../functions/sandbox-host/guest/start-guest.ts';
import type { StartGuest } from '../functions/sandbox-host/pool/guest-pool.ts';
import { guestCeilings } from '../functions/sandbox-host/sandboxes/enforced-limits.ts';
import { readProcessesOf } from '../functions/sandbox-host/sentry/read-processes.ts';
import {
  createSentryHost,
  type SentryHost,
  sentryConfigOf,
} from '../functions/sandbox-host/sentry/sentry.ts';
import type { GvisorSetup } from '../local/gvisor-setup.ts';
import { ratePerSecond, summarize, timeEach } from './statistics.ts';

/** A sentry from nothing to the exit of a python3 that prints 1: what a host can't be faster than when cold. */
export function measureBareLauncher(setup: GvisorSetup, times: number): Promise<number[]> {
  return withSentries(setup, (sentries) => timeEach(times, () => startToExit(sentries)));
}

/**
 * Whole lives of sentries a second, without a host: python3 loads some modules, waits, is told a program and ends.
 * The least that a warm guest has to do.
 */
export function measureBareLauncherRate(
  setup: GvisorSetup,
  atATime: number,
  seconds: number,
): Promise<number> {
  return withSentries(setup, (sentries) =>
    ratePerSecond(atATime, seconds, () => waitingPythonToExit(sentries)),
  );
}

/** What one of several warm guests holds while it waits. */
export function measureIdleGuestMiB(setup: GvisorSetup): Promise<number> {
  return withSentries(setup, async (sentries) => {
    const start = createGuestStarter(sentries, rethrow);
    const guests = [];
    for (let n = 0; n < 3; n += 1) guests.push(await start('python', 'warm'));
    await delay(1_000);
    return guests.reduce((sum, guest) => sum + guest.usage().memoryMiB, 0) / guests.length;
  });
}

/** What the processes of a warm guest have used by the time it is ready: the median of some. */
export function measureStartCpuMs(setup: GvisorSetup, how: 'restored' | 'from nothing'): Promise<number> {
  return withSentries(setup, async (sentries) => {
    const uids: number[] = [];
    const watched: SentryHost = {
      ...sentries,
      start: async (options) => {
        const sentry = await sentries.start(options);
        uids.push(sentry.uid);
        return sentry;
      },
    };
    const start: StartGuest =
      how === 'restored'
        ? createGuestStarter(watched, rethrow)
        : (template) => startGuest(watched, { template, isAhead: true, ...guestCeilings });
    await (await start('python', 'warm')).kill(); // which may take the snapshot
    const used: number[] = [];
    for (let n = 0; n < 15; n += 1) {
      const guest = await start('python', 'warm');
      used.push(cpuMsOf(uids.at(-1) ?? 0));
      await guest.kill();
    }
    return summarize(used).p50;
  });
}

/** By the scheduler's own count, in nanoseconds: clock ticks are too coarse for that many processes. */
function cpuMsOf(uid: number): number {
  const threads = readProcessesOf(uid).flatMap(({ pid }) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`),
  );
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6, 0);
}

function rethrow(_: unknown, error: unknown): never {
  throw error;
}

async function startToExit(sentries: SentryHost): Promise<void> {
  const sentry = await sentries.start({ argv: ['/usr/bin/python3', '-c', 'print(1)'], ...guestCeilings });
  sentry.stdout.resume();
  sentry.stderr.resume();
  await sentry.ended;
}

const waitingPython = `
import sys, json, re, math, datetime, collections, itertools, random, io
print("ready", flush=True)
exec(sys.stdin.readline())`;

async function waitingPythonToExit(sentries: SentryHost): Promise<void> {
  const sentry = await sentries.start({ argv: ['/usr/bin/python3', '-c', waitingPython], ...guestCeilings });
  sentry.stderr.resume();
  await once(sentry.stdout, 'data');
  sentry.stdin.end('print(1)\n');
  sentry.stdout.resume();
  await sentry.ended;
}

async function withSentries<T>(setup: GvisorSetup, use: (sentries: SentryHost) => Promise<T>): Promise<T> {
  const sentries = createSentryHost(sentryConfigOf(setup, 'boot'));
  try {
    return await use(sentries);
  } finally {
    await sentries.close();
  }
}
