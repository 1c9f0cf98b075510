import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createProgramRunner,
  type ProgramRunner,
  SandboxLost,
} from '../../../../functions/sandbox-wasm/run-program.ts';
import { jobOf, sandboxFolder, startRunner } from '../../../support/wasm-sandboxes.ts';
import { isRunning, sandboxesOf, until, untilSeen } from './child-processes.ts';

const hello = { source: 'print("hello")' };
const endless = { source: 'print("started", flush=True)\nwhile True: pass' };

let runner: ProgramRunner;

beforeAll(async () => {
  await (await startRunner()).close();
});

beforeEach(() => {
  runner = createProgramRunner({ directory: sandboxFolder });
});

afterEach(() => runner.close());

const sandboxes = () => sandboxesOf(process.pid);
const onlySandbox = () => untilSeen(sandboxes, (seen) => seen.length === 1);

describe('which process runs a program', () => {
  it('is the same for the next program of the tenant', async () => {
    await runner.run(jobOf(hello));
    const first = sandboxes();

    await runner.run(jobOf(hello));

    expect(first).toHaveLength(1);
    expect(sandboxes()).toEqual(first);
  });

  it('is another one for another tenant, and the old one is gone', async () => {
    await runner.run(jobOf(hello, { tenant: 'a' }));
    const [first = 0] = sandboxes();

    await runner.run(jobOf(hello, { tenant: 'b' }));
    await until(() => !isRunning(first));

    expect(sandboxes()).toHaveLength(1);
    expect(sandboxes()).not.toContain(first);
  });

  it('is the warm one for whoever comes first', async () => {
    runner.warm('python');
    const warm = await onlySandbox();

    await runner.run(jobOf(hello, { tenant: 'anybody' }));

    expect(sandboxes()).toEqual(warm);
  });

  it('is a warm replacement after a program that had to be killed', async () => {
    await runner.run(jobOf(endless, { limits: { wallTimeMs: 200 } }));
    const replacement = await onlySandbox();

    const report = await runner.run(jobOf(hello));

    expect(report.stdout).toBe('hello\n');
    expect(sandboxes()).toEqual(replacement);
  });

  it('does not pile up: one is left after six at once', async () => {
    const reports = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        runner.run(jobOf({ source: `print(${n})` }, { tenant: `t${n % 2}` })),
      ),
    );
    await onlySandbox();

    expect(reports.map(({ stdout }) => stdout)).toEqual(['0\n', '1\n', '2\n', '3\n', '4\n', '5\n']);
  });

  it('is gone after close', async () => {
    await runner.run(jobOf(hello));

    await runner.close();

    expect(sandboxes()).toEqual([]);
  });
});

describe('a sandbox that is lost', () => {
  it('rejects the run, and the next one works', async () => {
    await runner.run(jobOf(hello));
    const [victim = 0] = sandboxes();
    const run = runner.run(jobOf({ source: 'import time\ntime.sleep(60)' }));
    setTimeout(() => process.kill(victim, 'SIGKILL'), 200);

    await expect(run).rejects.toThrow(SandboxLost);

    expect((await runner.run(jobOf(hello))).stdout).toBe('hello\n');
  });

  it('is replaced when it dies while it waits', async () => {
    await runner.run(jobOf(hello));
    const victims = sandboxes();
    for (const victim of victims) process.kill(victim, 'SIGKILL');
    await until(() => !sandboxes().some((pid) => victims.includes(pid)));

    expect((await runner.run(jobOf(hello))).stdout).toBe('hello\n');
  });
});

it('refuses a language it has no interpreter for', async () => {
  await expect(runner.run(jobOf({ language: 'bash', source: 'ls' }))).rejects.toThrow('no bash');
});
