import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionLog } from '../lambda/function-log.ts';
import { killDescendants } from '../process-tree.ts';
import type { ServiceConfig } from './read-services.ts';

/** A service that runs, as one process on a port of loopback. */
export interface RunningService {
  /** What it is called in the template's network, and where it is. */
  readonly address: string;
  readonly localAddress: string;
  /** Lets it drain, then ends it with everything that it started. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** Beside what the task definition sets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
}

const endWithParent = new URL('./end-with-parent.mjs', import.meta.url).href;
const READY_MS = 60_000;
const DRAIN_MS = 5_000;
const RESTART_MS = 1_000;

/**
 * Starts a service's process and waits until it says that it is ready, by a JSON line on its output. Like ECS, it
 * starts another one when that ends. Throws with its complaint when the first doesn't become ready.
 */
export async function runService(
  config: ServiceConfig,
  { environment, log }: ServiceOptions,
): Promise<RunningService> {
  const port = await freePort();
  let closing = false;
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, ['--no-warnings', '--import', endWithParent, config.file], {
      cwd: config.directory,
      // Nothing of this process's own environment gets in: it may hold keys.
      env: {
        PATH: process.env.PATH ?? '',
        ...config.environment,
        ...environment,
        PORT: String(port),
        HOST: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      // It leads a process group, so that what it leaves behind when it dies can be ended.
      detached: true,
    });
    child.once('exit', () => killGroup(child));
    child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
    return child;
  };

  let child = start();
  await waitForReady(child);
  const keepRunning = async () => {
    while (!closing) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (closing) return;
      await delay(RESTART_MS, undefined, { ref: false });
      if (!closing) child = start();
    }
  };
  void keepRunning();

  return {
    address: config.address,
    localAddress: `127.0.0.1:${port}`,
    async close() {
      closing = true;
      await endProcess(child);
    },
  };
}

async function waitForReady(child: ChildProcess): Promise<void> {
  let complaint = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        const { level, message } = readLine(line);
        if (message === 'ready') resolve();
        if (level === 'ERROR') complaint = message;
      });
    }
  });
  const stopped = new AbortController();
  const { signal } = stopped;
  const failed = Promise.race([
    // Its output is read to the end before it counts as ended.
    once(child, 'close', { signal }).then(([code]) => `it ended with status ${code}`),
    once(child, 'error', { signal }).then(([error]) => String(error)),
    delay(READY_MS, `it was not ready after ${READY_MS / 1000} s`, { signal }),
  ]);
  // Which of them loses the race is nobody's concern.
  failed.catch(() => {});
  const problem = await Promise.race([ready, failed]);
  stopped.abort();
  if (problem === undefined) return;
  await endProcess(child);
  throw new Error(complaint === '' ? problem : `${problem}: ${complaint.slice(0, 500)}`);
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const isDrained = await Promise.race([ended.then(() => true), delay(DRAIN_MS, false, { ref: false })]);
  if (isDrained) return;
  killDescendants(child.pid);
  killGroup(child);
  await ended;
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

/** A line of a JSON log; of any other output, what looks like an error counts as one. */
function readLine(line: string): { level: string; message: string } {
  try {
    const { level, message } = JSON.parse(line) as { level?: unknown; message?: unknown };
    return { level: String(level), message: String(message) };
  } catch {
    return { level: /error/i.test(line) ? 'ERROR' : 'INFO', message: line.trim() };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
