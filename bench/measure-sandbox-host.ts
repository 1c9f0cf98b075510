import { setTimeout as delay } from 'node:timers/promises';
import { Sandbox } from 'e2b';
import type { GvisorSetup } from '../local/gvisor-setup.ts';
import type { Figure } from './figure.ts';
import {
  measureBareLauncher,
  measureBareLauncherRate,
  measureIdleGuestMiB,
  measureStartCpuMs,
} from './measure-sentries.ts';
import { measureBarePython } from './measure-stack.ts';
import { runByPlainHttp } from './plain-host-client.ts';
import { type Connection, withSandboxHost } from './sandbox-host-process.ts';
import { ratePerSecond, round, summarize, timeEach } from './statistics.ts';

/** At once, in both sides of the rate: as many as this benchmark's machine has cores. */
const clients = 2;
const rateSeconds = 20;

/** sandbox-host over HTTP, by the `e2b` SDK but for the rate, beside the bare launcher and bare python3. */
export async function measureSandboxHost(setup: GvisorSetup): Promise<Figure[]> {
  const python = { name: 'spawning bare python3', measured: summarize(await measureBarePython(50)).p50 };
  const launcher = summarize(await measureBareLauncher(setup, 15)).p50;
  const warm = await withSandboxHost(setup, { python: 3 }, (host) => measureLifecycles(host, 40, 400));
  const cold = await withSandboxHost(setup, {}, (host) => measureLifecycles(host, 15, 0));
  const bareRate = await measureBareLauncherRate(setup, clients, rateSeconds);
  const rate = await withSandboxHost(setup, { python: 3 }, (host) => measureLifecycleRate(host, rateSeconds));
  const numpyMs = await withSandboxHost(setup, { 'python-data': 1 }, measureNumpyImport);
  return [
    {
      name: 'host: create + print(1) + kill, warm p50',
      measured: summarize(warm).p50,
      unit: 'ms',
      target: { atMost: 40 },
      beside: python,
    },
    {
      name: 'host: create + print(1) + kill, cold p50',
      measured: summarize(cold).p50,
      unit: 'ms',
      target: { atMost: 250 },
      beside: { name: 'the bare launcher with python3 as pid 1', measured: launcher },
    },
    {
      name: 'host: lifecycles, share of the bare launcher’s rate',
      measured: round((100 * rate) / bareRate),
      unit: '%',
      target: { atLeast: 85 },
      beside: { name: 'the bare launcher, per second', measured: round(bareRate) },
    },
    {
      name: 'CPU time to start a warm Python, restored',
      measured: round(await measureStartCpuMs(setup, 'restored')),
      unit: 'ms',
      target: null,
      beside: { name: 'from nothing', measured: round(await measureStartCpuMs(setup, 'from nothing')) },
    },
    {
      name: 'memory of an idle warm Python',
      measured: round(await measureIdleGuestMiB(setup)),
      unit: 'MiB',
      target: { atMost: 25 },
    },
    { name: 'import numpy in a warm data sandbox', measured: numpyMs, unit: 'ms', target: { atMost: 10 } },
  ];
}

async function measureLifecycles(host: Connection, times: number, restMs: number): Promise<number[]> {
  const measured: number[] = [];
  for (let n = 0; n < times; n += 1) {
    // Until the pool is full again.
    if (restMs > 0) await delay(restMs);
    measured.push(...(await timeEach(1, async () => void (await runOnce(host, 'python', 'print(1)')))));
  }
  return measured;
}

/** Whole lives of sandboxes a second. */
export function measureLifecycleRate(host: Connection, seconds: number): Promise<number> {
  const job = jobOf('print(1)');
  return ratePerSecond(clients, seconds, async () => {
    printedIn(await runByPlainHttp(host, 'python', job));
  });
}

/** By the program's own clock. */
async function measureNumpyImport(host: Connection): Promise<number> {
  // The guest loads its packages ahead: that has to be over.
  await delay(5_000);
  const source =
    'import time\nt = time.perf_counter()\nimport numpy\nprint((time.perf_counter() - t) * 1000)';
  return round(Number(await runOnce(host, 'python-data', source)));
}

const limits = {
  wallTimeMs: 10_000,
  cpuTimeMs: 10_000,
  memoryMiB: 256,
  outputBytes: 10_000,
  processes: 16,
  diskMiB: 64,
};

/** One sandbox from its creation to its end, for one program; answers what it printed. */
async function runOnce(host: Connection, template: string, source: string): Promise<string> {
  const sandbox = await Sandbox.create(template, { ...host, timeoutMs: 60_000 });
  await sandbox.files.write('/run/cordon/job.json', jobOf(source), { user: 'root' });
  const { stdout } = await sandbox.commands.run('cordon-run', { user: 'root' });
  await sandbox.kill();
  return printedIn(stdout);
}

function jobOf(source: string): string {
  const program = { language: 'python', source, stdin: '', args: [], env: {}, files: [] };
  return JSON.stringify({ ...program, limits, artifacts: [] });
}

function printedIn(said: string): string {
  const printed = said
    .split('\n')
    .flatMap((line) => /^\{"stdout": ?"([^"]*)"\}$/.exec(line)?.[1] ?? [])
    .map((text) => Buffer.from(text, 'base64').toString())
    .join('');
  if (printed === '') throw new Error(`the program printed nothing: ${said}`);
  return printed;
}
