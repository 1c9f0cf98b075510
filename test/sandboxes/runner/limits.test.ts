import { expect, test } from '@jest/globals';
import type { RunnerJobInput } from '../../support/runner-job.ts';
import { describeOnRunners } from '../../support/runners.ts';

const limited = (limit: string) => ({ kind: 'limited', limit });
const exited = (exitCode: number) => ({ kind: 'exited', exitCode });
const uncut = { stdout: false, stderr: false };

interface LimitCase {
  name: string;
  job: RunnerJobInput;
  report: unknown;
  stdout?: unknown;
  stderr?: unknown;
}

const cases: LimitCase[] = [
  {
    name: 'wall time of a program that waits',
    job: { source: 'import time\nprint("so far", flush=True)\ntime.sleep(60)', limits: { wallTimeMs: 300 } },
    report: { ending: limited('wallTimeMs'), truncated: uncut, error: null },
    stdout: 'so far\n',
  },
  {
    name: 'wall time of a program that ignores signals',
    job: {
      language: 'bash',
      source: 'trap "" TERM INT HUP; while :; do sleep 1; done',
      limits: { wallTimeMs: 300 },
    },
    report: { ending: limited('wallTimeMs') },
  },
  {
    name: 'CPU time of a program that computes',
    job: { source: 'while True: pass', limits: { cpuTimeMs: 200 } },
    report: { ending: limited('cpuTimeMs') },
  },
  {
    name: 'CPU time of its children together, those that ended too',
    job: {
      language: 'bash',
      source:
        'for i in 1 2 3 4 5 6 7 8; do (for ((n = 0; n < 60000; n++)); do :; done) & wait; done; sleep 60',
      limits: { cpuTimeMs: 300 },
    },
    report: { ending: limited('cpuTimeMs') },
  },
  {
    name: 'CPU time of grandchildren whose parents are gone',
    job: {
      source:
        'import os, time\nfor _ in range(2):\n  if os.fork() == 0:\n    if os.fork() == 0:\n      while True: pass\n    os._exit(0)\ntime.sleep(60)',
      limits: { cpuTimeMs: 300 },
    },
    report: { ending: limited('cpuTimeMs') },
  },
  {
    name: 'memory of one process',
    job: { source: 'all = []\nwhile True: all.append(bytearray(1_000_000))', limits: { memoryMiB: 96 } },
    report: { ending: limited('memoryMiB'), error: null },
  },
  {
    name: 'memory of several processes together',
    job: {
      source:
        'import os, time\nfor _ in range(4):\n  if os.fork() == 0:\n    held = bytearray(os.urandom(40_000_000))\n    time.sleep(60)\ntime.sleep(60)',
      limits: { memoryMiB: 128 },
    },
    report: { ending: limited('memoryMiB') },
  },
  {
    name: 'memory that is given back before anybody looks',
    job: { source: 'held = bytearray(200_000_000)\nimport os\nos._exit(0)', limits: { memoryMiB: 96 } },
    report: { ending: limited('memoryMiB') },
  },
  {
    name: 'memory of JavaScript',
    job: {
      language: 'javascript',
      source: 'const all = [];\nfor (;;) all.push(new Array(1e5).fill(0));',
      limits: { memoryMiB: 96 },
    },
    report: { ending: limited('memoryMiB') },
  },
  {
    name: 'output of both streams together, to the byte',
    job: {
      source:
        'import os, time\nos.write(1, b"12345")\ntime.sleep(0.2)\nos.write(2, b"67890")\ntime.sleep(60)',
      limits: { outputBytes: 8 },
    },
    report: {
      ending: limited('outputBytes'),
      truncated: { stdout: false, stderr: true },
      usage: { outputBytes: 8 },
    },
    stdout: '12345',
    stderr: '678',
  },
  {
    name: 'no output more than the limit',
    job: { source: 'print("x" * 8)', limits: { outputBytes: 9 } },
    report: { ending: exited(0), truncated: uncut, usage: { outputBytes: 9 } },
    stdout: 'xxxxxxxx\n',
  },
  {
    name: 'output of a child that outlives the program',
    job: {
      language: 'bash',
      source: '(while :; do echo xxxxxxxxxxxxxxxxxxxx; done) & exec 1>&-; sleep 60',
      limits: { outputBytes: 5000 },
    },
    report: { ending: limited('outputBytes'), usage: { outputBytes: 5000 } },
  },
  {
    name: 'a full disk is an error in the program, whatever folder it fills',
    job: {
      source:
        'def fill(path):\n  try:\n    with open(path, "wb", 0) as f:\n      for _ in range(64): f.write(bytes(1_000_000))\n  except OSError as e: return e.strerror\nprint(fill("/tmp/a"), fill("/home/user/b"), fill("/dev/shm/c"), sep="\\n")',
      limits: { diskMiB: 4 },
    },
    report: { ending: exited(0) },
    stdout: 'No space left on device\n'.repeat(3),
  },
  {
    name: 'a file full of holes is no larger than the disk',
    job: { language: 'bash', source: 'truncate -s 1G sparse || echo refused', limits: { diskMiB: 4 } },
    report: { ending: exited(0) },
    stdout: 'refused\n',
  },
  {
    name: 'files that do not fit are an error before the program',
    job: {
      source: 'print("runs")',
      files: [{ path: 'big', content: 'x'.repeat(2_000_000), encoding: 'utf8' }],
      limits: { diskMiB: 1 },
    },
    report: { ending: exited(1), error: { type: 'OSError', line: null } },
    stdout: '',
    stderr: expect.stringContaining('No space left on device'),
  },
  {
    name: 'an open file too many is an error in the program',
    job: {
      source:
        'import os\nheld = []\ntry:\n  while True: held.append(os.open("/dev/null", 0))\nexcept OSError as e: print(e.strerror)',
    },
    report: { ending: exited(0) },
    stdout: 'Too many open files\n',
  },
];

describeOnRunners('limits', (run, { isGvisor }) => {
  test.each(cases)('$name', async ({ job, report, stdout, stderr }) => {
    const result = await run(job);

    expect(result).toMatchObject({ complaint: '', end: { exitCode: 0 }, report });
    if (stdout !== undefined) expect(result.stdout).toEqual(stdout);
    if (stderr !== undefined) expect(result.stderr).toEqual(stderr);
  });

  test('a process too many is an error in the program', async () => {
    const source =
      'import os, time\ncount = 1\ntry:\n  while True:\n    if os.fork() == 0: time.sleep(60); os._exit(0)\n    count += 1\nexcept OSError: print(count)';

    const { stdout, report } = await run({ source, limits: { processes: 12 } });

    expect(report.ending).toEqual(exited(0));
    // Of this machine's kernel the user has other processes too.
    if (isGvisor) expect(stdout).toBe('12\n');
    else expect(Number(stdout)).toBeLessThanOrEqual(12);
  });

  if (isGvisor)
    test('memory that forks share counts once', async () => {
      const source =
        'import os, time\nheld = bytearray(os.urandom(1_000_000) * 60)\nfor _ in range(5):\n  if os.fork() == 0: time.sleep(60)\ntime.sleep(0.5)';

      const { report } = await run({ source, limits: { memoryMiB: 192 } });

      expect(report.ending).toEqual(exited(0));
      expect(report.usage.peakMemoryMiB).toBeGreaterThan(57);
    });

  test('usage is what the program used, not what it was started with', async () => {
    const { report } = await run({
      source:
        'import time\nheld = bytearray(50_000_000)\nend = time.time() + 0.3\nwhile time.time() < end: pass',
    });

    expect(report.usage.wallTimeMs).toBeGreaterThan(290);
    expect(report.usage.cpuTimeMs).toBeGreaterThan(50);
    expect(report.usage.cpuTimeMs).toBeLessThan(report.usage.wallTimeMs + 100);
    expect(report.usage.peakMemoryMiB).toBeGreaterThan(47);
    expect(report.usage.peakMemoryMiB).toBeLessThan(90);
  });
});
