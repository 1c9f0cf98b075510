import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Guest } from '../../../../functions/sandbox-host/guest/guest.ts';
import { createGuestStarter } from '../../../../functions/sandbox-host/guest/guest-starter.ts';
import type { StartGuest } from '../../../../functions/sandbox-host/pool/guest-pool.ts';
import {
  createSentryHost,
  type SentryConfig,
  type SentryHost,
} from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { describeInEachMode, describeOnGvisor } from '../../../support/gvisor.ts';
import { runInGuest } from '../../../support/runner-job.ts';
import { type Leftovers, newDescriptors, readLeftovers } from '../../../support/sentry-leftovers.ts';

const drawing = `
import os, random, secrets, tempfile, uuid
draws = random.random(), random.SystemRandom().random(), random.Random().random(), os.urandom(8).hex()
print(*draws, secrets.token_hex(8), uuid.uuid4(), uuid.uuid1(), tempfile.mktemp(), id(draws) > 0, sep="\\n")`;
const asking = `
import time
before = time.monotonic()
time.sleep(0.1)
print(time.time(), time.monotonic() - before, time.process_time() < 5)`;

let before: Leftovers;
let host: SentryHost;
const problems: unknown[] = [];
beforeEach(() => {
  before = readLeftovers();
});
afterEach(async () => {
  await host.close();
  expect({ ...readLeftovers(), descriptors: await newDescriptors(before) }).toEqual({
    processes: 0,
    folders: [],
    descriptors: {},
  });
  problems.length = 0;
});

function starterOn(gvisor: SentryConfig): StartGuest {
  host = createSentryHost(gvisor);
  return createGuestStarter(host, (_, error) => problems.push(error));
}

async function linesOf(guest: Guest, source: string): Promise<string[]> {
  const { stdout, report } = await runInGuest(guest, { source });
  expect(report).toMatchObject({ ending: { kind: 'exited', exitCode: 0 } });
  return stdout.trim().split('\n');
}

const snapshotFiles = (): string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith(`cordon-sentries-${process.pid}-`))
    .flatMap((name) =>
      readdirSync(join(tmpdir(), name, 'meeting')).map((file) => join(tmpdir(), name, 'meeting', file)),
    )
    .filter((path) => /\.(state|pages|pages-metadata)$/.test(path));

describeInEachMode('guests that are started ahead on runsc %s', (gvisor) => {
  test('run programs, each with random numbers of its own', async () => {
    const start = starterOn(gvisor);
    const guests = await Promise.all(Array.from({ length: 4 }, () => start('python', 'warm')));

    const drawn = await Promise.all(guests.map((guest) => linesOf(guest, drawing)));

    const [first = []] = drawn;
    expect(first).toHaveLength(9);
    for (const [index] of first.slice(0, 8).entries()) {
      expect(new Set(drawn.map((lines) => lines[index])).size).toBe(4);
    }
    expect(problems).toEqual([]);
  });

  test('know the time', async () => {
    const start = starterOn(gvisor);
    const guest = await start('python', 'warm');
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    const [said = ''] = await linesOf(guest, asking);

    const [now, slept, isYoung] = said.split(' ');
    expect(Math.abs(Number(now) * 1000 - Date.now())).toBeLessThan(1_000);
    expect(Number(slept)).toBeGreaterThanOrEqual(0.1);
    expect(Number(slept)).toBeLessThan(1);
    expect(isYoung).toBe('True');
  });
});

describeOnGvisor('guests that go on from a snapshot', (gvisor) => {
  test('share it with their host alone', async () => {
    const start = starterOn(gvisor);

    await start('python', 'warm');
    const files = snapshotFiles();
    await start('python', 'warm');

    expect(files).toHaveLength(3);
    expect(snapshotFiles()).toEqual(files);
    for (const path of files) {
      expect(statSync(path)).toMatchObject({ uid: 0, mode: 0o100600 });
      expect(statSync(join(path, '..'))).toMatchObject({ uid: 0, mode: 0o040700 });
    }
    await host.close();
    expect(files.filter((path) => existsSync(path))).toEqual([]);
  });

  test('are those of templates whose interpreter draws nothing ahead', async () => {
    const start = starterOn(gvisor);

    await Promise.all([start('javascript', 'warm'), start('python', 'cold')]);

    expect(snapshotFiles()).toEqual([]);
  });

  test('are refused when it is damaged, and leave nothing', async () => {
    const start = starterOn(gvisor);
    const guest = await start('python', 'warm');
    for (const path of snapshotFiles()) writeFileSync(path, 'no snapshot');

    await expect(start('python', 'warm')).rejects.toThrow(
      /the sentry did not start: containerManager.Restore/,
    );

    expect(await linesOf(guest, 'print(1)')).toEqual(['1']);
  });

  test('start from nothing where it can not be made, which is said once', async () => {
    const start = starterOn({ ...gvisor, callerPath: '/nowhere/call-sentry' });

    const guests = await Promise.all([start('python', 'warm'), start('python', 'warm')]);

    for (const guest of guests) expect(await linesOf(guest, 'print(1)')).toEqual(['1']);
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining('ENOENT') })]);
    expect(snapshotFiles()).toEqual([]);
  });
});
