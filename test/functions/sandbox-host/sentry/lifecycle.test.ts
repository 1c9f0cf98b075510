import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readProcessesOf } from '../../../../functions/sandbox-host/sentry/read-processes.ts';
import {
  createSentryHost,
  type Sentry,
  type SentryHost,
} from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { nextLine, readAll, startPython } from '../../../support/guest-program.ts';
import { describeInEachMode, describeOnGvisor } from '../../../support/gvisor.ts';
import { type Leftovers, newDescriptors, readLeftovers } from '../../../support/sentry-leftovers.ts';

const echo = 'import sys\nprint("ready", flush=True)\nfor line in sys.stdin: print(line.strip(), flush=True)';

describeInEachMode('a sentry started by runsc %s', (gvisor) => {
  let host: SentryHost;
  let before: Leftovers;
  let sentries: Sentry[];

  beforeEach(() => {
    before = readLeftovers();
    sentries = [];
    host = createSentryHost(gvisor);
  });
  afterEach(async () => {
    await host.close();
    expect({ ...readLeftovers(sentries), descriptors: await newDescriptors(before) }).toEqual({
      processes: 0,
      folders: [],
      descriptors: {},
    });
  });

  async function start(
    ...args: [source: string, options?: Parameters<typeof startPython>[2]]
  ): Promise<Sentry> {
    const sentry = await startPython(host, ...args);
    sentries.push(sentry);
    return sentry;
  }

  test('runs pid 1 of a guest with a kernel of its own and three streams', async () => {
    const sentry = await start(
      'import os,sys\nprint(os.getpid(), os.uname().release)\nprint(input(), file=sys.stderr)',
    );
    sentry.stdin.end('said\n');

    const [out, err, end] = await Promise.all([readAll(sentry.stdout), readAll(sentry.stderr), sentry.ended]);

    expect({ out, err, end }).toEqual({ out: '1 4.4.0\n', err: 'said\n', end: { kind: 'exited' } });
  });

  test('gives the guest a read-only root and a few places to write', async () => {
    const sentry = await start(`
import os
def writable(folder):
  try: open(folder + "/probe", "w").close(); return True
  except OSError: return False
print([folder for folder in ("/", "/usr", "/etc", "/home", "/var/tmp", "/tmp", "/home/user", "/run", "/dev/shm") if writable(folder)])`);

    expect(await readAll(sentry.stdout)).toBe("['/tmp', '/home/user', '/run', '/dev/shm']\n");
  });

  test('kills on request, also a guest that ignores every signal', async () => {
    const sentry = await start(
      'import signal\nfor n in range(1, 32):\n  if n not in (9, 19): signal.signal(n, signal.SIG_IGN)\nprint("deaf", flush=True)\nwhile True: pass',
    );
    await nextLine(sentry);

    expect(await sentry.kill()).toEqual({ kind: 'killed' });
    expect(await sentry.kill()).toEqual({ kind: 'killed' });
  });

  test('is lost when somebody else kills it', async () => {
    const sentry = await start(echo);
    await nextLine(sentry);

    process.kill(sentry.pid, 'SIGKILL');

    expect(await sentry.ended).toMatchObject({ kind: 'lost' });
  });

  test('is lost when pid 1 of the guest fails', async () => {
    const sentry = await start('raise SystemExit(3)');

    expect(await sentry.ended).toEqual({ kind: 'lost', reason: '3' });
  });

  test('pauses without using CPU time, goes on where it was, can be killed meanwhile', async () => {
    const sentry = await start(echo);
    await nextLine(sentry);

    sentry.pause();
    await untilStopped(sentry.pid);
    const paused = readProcessesOf(sentry.uid).reduce((sum, { cpuTimeMs }) => sum + cpuTimeMs, 0);
    sentry.stdin.write('hello\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stillPaused = readProcessesOf(sentry.uid).reduce((sum, { cpuTimeMs }) => sum + cpuTimeMs, 0);
    const silent = sentry.stdout.readableLength;
    sentry.resume();

    expect(await nextLine(sentry)).toBe('hello');
    expect({ silent, used: stillPaused - paused }).toEqual({ silent: 0, used: 0 });
    sentry.pause();
    expect(await sentry.kill()).toEqual({ kind: 'killed' });
  });

  test('leaves no descriptor open when nobody reads what it said', async () => {
    const sentry = await start('print("x" * 1000)');

    expect(await sentry.ended).toEqual({ kind: 'exited' });
  });

  test('twelve at once are twelve sandboxes, all gone when the host closes', async () => {
    await Promise.all(Array.from({ length: 12 }, () => start(echo)));

    await host.close();

    expect(await Promise.all(sentries.map(({ ended }) => ended))).toEqual(Array(12).fill({ kind: 'killed' }));
    expect(new Set(sentries.map(({ pid }) => pid)).size).toBe(12);
  });
});

/** A thread that runs on another CPU stops a moment after the signal was sent. */
async function untilStopped(pid: number): Promise<void> {
  const states = () =>
    readdirSync(`/proc/${pid}/task`).map((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'),
    );
  while (!states().every((state) => state.includes(') T '))) await delay(1);
}

/** Nice value and scheduling policy of every thread of a sentry: fields 19 and 41 of proc(5)'s `stat`. */
function schedulingOf(sentry: Sentry): { nice: number; policy: number }[] {
  return readProcessesOf(sentry.uid).flatMap(({ pid }) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { nice: Number(fields[16]), policy: Number(fields[38]) };
    }),
  );
}

const SCHED_BATCH = 3;

describeOnGvisor('the host around its sentries', (gvisor) => {
  test('gives no thread of a guest the right to take a core from others', async () => {
    const host = createSentryHost(gvisor);
    const sentry = await startPython(host, `import os\nos.fork()\n${echo}`);
    await nextLine(sentry);

    const scheduling = schedulingOf(sentry);
    await host.close();

    expect(scheduling.length).toBeGreaterThan(5);
    expect(scheduling.filter(({ nice, policy }) => nice < 10 || policy !== SCHED_BATCH)).toEqual([]);
  });

  test.each([
    ['launcherPath', 'ENOENT'],
    ['runscPath', 'open runsc'],
    ['rootfsPath', 'ENOENT'],
  ] as const)('a wrong %s is an error that names it', async (path, reason) => {
    const host = createSentryHost({ ...gvisor, [path]: '/no/such/file' });

    await expect(startPython(host, echo)).rejects.toThrow(reason);
    await host.close();
  });

  test('a program that is not there is an error that names it', async () => {
    const host = createSentryHost(gvisor);

    const start = host.start({ argv: ['/no/such/program'], memoryMiB: 64, diskMiB: 8, processes: 8 });

    await expect(start).rejects.toThrow(/did not start.*no\/such\/program/s);
    await host.close();
    expect(readLeftovers().folders).toEqual([]);
  });

  test('closing also ends what is still starting, and nothing starts afterwards', async () => {
    const host = createSentryHost(gvisor);
    const starting = startPython(host, echo);

    await host.close();

    expect(readLeftovers([await starting])).toMatchObject({ processes: 0, folders: [] });
    await expect(startPython(host, echo)).rejects.toThrow('the host is closed');
  });

  test('every sentry has a uid of its own, and a freed uid rests before it serves again', async () => {
    const host = createSentryHost(gvisor);

    const [first, second] = await Promise.all([startPython(host, echo), startPython(host, echo)]);
    await first.kill();
    const third = await startPython(host, echo);
    await host.close();

    expect(new Set([first.uid, second.uid, third.uid]).size).toBe(3);
  });

  test('sentries die with a host that is killed outright', async () => {
    const script = join(import.meta.dirname, 'start-one-sentry.ts');
    const host = spawn(process.execPath, [script, JSON.stringify(gvisor)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const uid = Number(await once(host.stdout, 'data'));
    const alive = readProcessesOf(uid).length;

    host.kill('SIGKILL');
    await once(host, 'close');
    await expectSoon(() => readProcessesOf(uid).length === 0);

    expect(alive).toBeGreaterThan(0);
  });

  test('a sentry is nobody: no capability, no way up, a root with nothing in it', async () => {
    const host = createSentryHost(gvisor);
    const sentry = await startPython(host, echo);
    await nextLine(sentry);

    const states = readProcessesOf(sentry.uid).map(({ pid }) => statusOf(pid));
    await host.close();

    const nothing = '0000000000000000';
    const caps = { CapInh: nothing, CapPrm: nothing, CapEff: nothing, CapBnd: nothing, CapAmb: nothing };
    const uid = Array(4).fill(`${sentry.uid}`).join('\t');
    expect(states.length).toBeGreaterThan(1);
    for (const state of states) {
      expect(state).toMatchObject({ ...caps, Uid: uid, Gid: uid, Groups: '', NoNewPrivs: '1', Seccomp: '2' });
    }
  });
});

function statusOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]),
  );
}

async function expectSoon(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!holds() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}
