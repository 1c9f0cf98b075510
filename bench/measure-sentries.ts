import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startGuest } from '../functions/sandbox-host/guest/start-guest.ts';
import { guestCeilings } from '../functions/sandbox-host/sandboxes/enforced-limits.ts';
import { createSentryHost, type SentryHost } from '../functions/sandbox-host/sentry/sentry.ts';
import type { GvisorSetup } from '../local/gvisor-setup.ts';
import { ratePerSecond, timeEach } from './statistics.ts';

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
    const options = { template: 'python', isAhead: true, ...guestCeilings } as const;
    const guests = [];
    for (let n = 0; n < 3; n += 1) guests.push(await startGuest(sentries, options));
    await delay(1_000);
    return guests.reduce((sum, guest) => sum + guest.usage().memoryMiB, 0) / guests.length;
  });
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
  const sentries = createSentryHost({
    runscPath: setup.CORDON_RUNSC,
    launcherPath: setup.CORDON_LAUNCHER,
    callerPath: setup.CORDON_SENTRY_CALLER,
    rootfsPath: setup.CORDON_ROOTFS,
    mode: 'boot',
  });
  try {
    return await use(sentries);
  } finally {
    await sentries.close();
  }
}
