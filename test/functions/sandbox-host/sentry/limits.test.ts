import { afterAll, afterEach, expect, test } from '@jest/globals';
import {
  createSentryHost,
  type SentryEnd,
  type SentryHost,
  type SentryOptions,
} from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { readAll, startPython } from '../../../support/guest-program.ts';
import { describeOnGvisor } from '../../../support/gvisor.ts';
import { newDescriptors, readLeftovers } from '../../../support/sentry-leftovers.ts';

interface Bomb {
  readonly name: string;
  readonly program: string;
  readonly options?: Partial<SentryOptions>;
  readonly end: SentryEnd;
  readonly says?: string;
}

const limited = (limit: 'memoryMiB' | 'cpuTimeMs' | 'processes'): SentryEnd => ({ kind: 'limited', limit });
const asUser = 'import os\nos.setgid(1000); os.setuid(1000)\n';

const bombs: Bomb[] = [
  {
    name: 'memory in small steps',
    program: 'held = []\nwhile True: held.append(bytearray(1 << 20))',
    end: limited('memoryMiB'),
  },
  {
    name: 'memory of many processes together',
    program: `import os, time
for n in range(20):
  if os.fork() == 0:
    held = bytearray(os.urandom(1 << 20) * 30)
    time.sleep(60)
time.sleep(60)`,
    end: limited('memoryMiB'),
  },
  {
    name: 'memory as files, on a disk larger than the memory',
    program: 'f = open("/tmp/x", "wb")\nwhile True: f.write(b"x" * (1 << 20))',
    options: { diskMiB: 4096 },
    end: limited('memoryMiB'),
  },
  {
    name: 'memory of the sentry itself, as millions of empty files',
    program: 'n = 0\nwhile True:\n  open(f"/tmp/{n}", "w").close()\n  n += 1',
    options: { memoryMiB: 96 },
    end: limited('memoryMiB'),
  },
  {
    name: 'one huge allocation',
    program: 'held = bytearray(8 << 30)',
    end: limited('memoryMiB'),
  },
  {
    name: 'a disk filled to the brim',
    program: `f = open("/tmp/x", "wb")
try:
  while True: f.write(b"x" * 65536)
except OSError as e: print(e.errno)`,
    end: { kind: 'exited' },
    says: '28\n',
  },
  {
    name: 'processes of a root that no rlimit binds',
    program: 'import os\nwhile True: os.fork()',
    end: limited('processes'),
  },
  {
    name: 'processes of a user',
    program: `${asUser}
import time
children = 0
try:
  while True:
    if os.fork() == 0: time.sleep(60); os._exit(0)
    children += 1
except OSError as e: print(e.errno, children <= 32)
os.kill(-1, 9)`,
    end: { kind: 'exited' },
    says: '11 True\n',
  },
  {
    name: 'CPU time of one loop',
    program: 'while True: pass',
    options: { cpuTimeMs: 500 },
    end: limited('cpuTimeMs'),
  },
  {
    name: 'CPU time spread over processes',
    program: 'import os\nfor _ in range(3): os.fork()\nwhile True: pass',
    options: { cpuTimeMs: 500 },
    end: limited('cpuTimeMs'),
  },
  {
    name: 'CPU time spread over short-lived processes',
    program: 'import os\nwhile True:\n  if os.fork() == 0:\n    sum(range(100000)); os._exit(0)\n  os.wait()',
    options: { cpuTimeMs: 500 },
    end: limited('cpuTimeMs'),
  },
  {
    name: 'sleep without end, until the host closes',
    program: 'import time\ntime.sleep(3600)',
    end: { kind: 'killed' },
  },
];

describeOnGvisor('limits kept from outside', (gvisor) => {
  let host: SentryHost;

  afterEach(() => host.close());
  afterAll(() => expect(readLeftovers().folders).toEqual([]));

  test.each(bombs)('$name ends as $end', async ({ program, options, end, says = '' }) => {
    host = createSentryHost(gvisor);
    const before = readLeftovers();

    const sentry = await startPython(host, program, options);
    const said = readAll(sentry.stdout);
    if (end.kind === 'killed') void sentry.kill();

    expect(await sentry.ended).toEqual(end);
    expect(await said).toBe(says);
    expect(readLeftovers([sentry]).processes).toBe(0);
    expect(await newDescriptors(before)).toEqual({});
  });

  test('the memory of a guest that ran into its limit has hardly passed it', async () => {
    host = createSentryHost(gvisor);

    const sentry = await startPython(host, 'held = []\nwhile True: held.append(bytearray(1 << 20))');
    await sentry.ended;

    expect(sentry.usage().peakMemoryMiB).toBeGreaterThan(256);
    // Looked at every 20 ms, and later on a machine that is busy: without a limit it would take all there is.
    expect(sentry.usage().peakMemoryMiB).toBeLessThan(256 + 1_024);
  });

  test('tightened limits count from then on', async () => {
    host = createSentryHost(gvisor);
    const spin =
      'import time\nwhile time.process_time() < 2: pass\nprint("warm", flush=True)\ninput()\nwhile True: pass';

    const sentry = await startPython(host, spin, { cpuTimeMs: 60_000 });
    await new Promise((resolve) => sentry.stdout.once('data', resolve));
    const warm = sentry.usage().cpuTimeMs;
    sentry.limit({ cpuTimeMs: 500 });
    sentry.stdin.write('go\n');

    expect(await sentry.ended).toEqual(limited('cpuTimeMs'));
    expect(warm).toBeGreaterThan(500);
    expect(sentry.usage().cpuTimeMs - warm).toBeGreaterThan(400);
  });
});
