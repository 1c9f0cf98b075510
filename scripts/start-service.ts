import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type LocalKeys, readLocalKeys } from '../local/local-keys.ts';

/** A service started as `npm start` does, on a port and data directory of its own. */
export interface Service {
  url: string;
  /** Keys of the unlimited local tenant. */
  keys: LocalKeys;
  pid: number;
  /** From the start of the process to the first answered request. */
  readyMs: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const startDeadlineMs = 60_000;

/** `environment` is added to this process's own. */
export async function startService(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, ['local/start.ts'], {
    env: { ...process.env, ...environment, PORT: String(port), CORDON_DATA: dataDirectory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await waitForReady(child);
  const readyMs = performance.now() - started;
  const keys = await readLocalKeys(dataDirectory);
  if (keys === null) throw new Error(`the service left no keys in ${dataDirectory}`);
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    pid: child.pid ?? 0,
    readyMs,
    async stop(signal = 'SIGTERM') {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

function waitForReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the service was not ready in time')), startDeadlineMs);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!/ready/i.test(chunk.toString())) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
