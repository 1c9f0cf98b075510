import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Sandbox } from 'e2b';
import { createSentryHost } from '../functions/sandbox-host/sentry/sentry.ts';
import { readGvisorSetup } from '../local/gvisor-setup.ts';
import { createCordonClient } from '../scripts/cordon-client.ts';
import type { Service } from '../scripts/start-service.ts';
import type { Figure } from './figure.ts';
import { measureBarePython } from './measure-stack.ts';
import { round, summarize, timeEach } from './statistics.ts';

type GvisorSetup = NonNullable<Awaited<ReturnType<typeof readGvisorSetup>>>;

/** sandbox-host over HTTP by the `e2b` SDK, beside the bare launcher and bare python3; null without gVisor here. */
export async function measureSandboxHost(): Promise<Figure[] | null> {
  const setup = await readGvisorSetup();
  if (setup === null) return null;
  const python = { name: 'spawning bare python3', measured: summarize(await measureBarePython(50)).p50 };
  const launcher = round(summarize(await measureBareLauncher(setup)).p50);
  const warm = await withHost(setup, { python: 3 }, (connection) => measureLifecycles(connection, 40, 400));
  const cold = await withHost(setup, {}, (connection) => measureLifecycles(connection, 15, 0));
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
  ];
}

/** `print(1)` on the gvisor lane through the whole stack, with time in between for a guest to get warm. */
export async function measureGvisorLane(service: Service): Promise<Figure> {
  const client = createCordonClient({ baseUrl: service.url, key: service.keys.execute });
  const program = { language: 'python', source: 'print(1)', backend: 'gvisor' } as const;
  const run = async () => {
    const answer = await client.submit(program, { waitSeconds: 25 });
    if (!answer.ok || answer.body.stdout !== '1\n')
      throw new Error(`unexpected answer: ${JSON.stringify(answer)}`);
  };
  await timeEach(5, run);
  const times: number[] = [];
  for (let n = 0; n < 30; n += 1) {
    await pause(700);
    times.push(...(await timeEach(1, run)));
  }
  return {
    name: 'print(1) on the gvisor lane, whole stack, p50',
    measured: summarize(times).p50,
    unit: 'ms',
    target: { atMost: 70 },
  };
}

/** A sentry from nothing to the exit of a python3 that prints 1: what a host can't be faster than when cold. */
async function measureBareLauncher(setup: GvisorSetup): Promise<number[]> {
  const sentries = createSentryHost({
    runscPath: setup.CORDON_RUNSC ?? '',
    launcherPath: setup.CORDON_LAUNCHER ?? '',
    rootfsPath: setup.CORDON_ROOTFS ?? '',
    mode: 'boot',
  });
  try {
    return await timeEach(15, async () => {
      const sentry = await sentries.start({
        argv: ['/usr/bin/python3', '-c', 'print(1)'],
        memoryMiB: 512,
        diskMiB: 64,
        processes: 32,
      });
      sentry.stdout.resume();
      sentry.stderr.resume();
      await sentry.ended;
    });
  } finally {
    await sentries.close();
  }
}

interface Connection {
  apiKey: string;
  apiUrl: string;
  sandboxUrl: string;
}

async function measureLifecycles(connection: Connection, times: number, restMs: number): Promise<number[]> {
  const job = JSON.stringify({
    ...{ language: 'python', source: 'print(1)', stdin: '', args: [], env: {}, files: [], artifacts: [] },
    limits: {
      ...{ wallTimeMs: 10_000, cpuTimeMs: 10_000, memoryMiB: 256 },
      ...{ outputBytes: 10_000, processes: 16, diskMiB: 64 },
    },
  });
  const measured: number[] = [];
  for (let n = 0; n < times; n += 1) {
    if (restMs > 0) await pause(restMs);
    const [ms = 0] = await timeEach(1, async () => {
      const sandbox = await Sandbox.create('python', { ...connection, timeoutMs: 60_000 });
      await sandbox.files.write('/run/cordon/job.json', job, { user: 'root' });
      const { stdout } = await sandbox.commands.run('cordon-run', { user: 'root' });
      if (!stdout.includes('"MQo="')) throw new Error(`print(1) did not print 1: ${stdout}`);
      await sandbox.kill();
    });
    measured.push(ms);
  }
  return measured;
}

async function withHost<T>(
  setup: GvisorSetup,
  warm: Record<string, number>,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const apiKey = `e2b_${randomBytes(20).toString('hex')}`;
  const child = spawn(process.execPath, ['functions/sandbox-host/main.ts'], {
    env: { ...setup, HOST_API_KEY: apiKey, PORT: '0', WARM: JSON.stringify(warm), DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = `http://127.0.0.1:${await portOf(child)}`;
    await pause(2_000);
    return await use({ apiKey, apiUrl: url, sandboxUrl: url });
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('the host has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const said: { message: string; port?: number } = JSON.parse(line);
    if (said.message === 'ready' && said.port !== undefined) return said.port;
  }
  throw new Error('the host did not start');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
