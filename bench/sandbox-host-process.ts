import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { GvisorSetup } from '../local/gvisor-setup.ts';

/** Where a host is, for the `e2b` SDK. */
export interface Connection {
  apiKey: string;
  apiUrl: string;
  sandboxUrl: string;
}

/**
 * A host of its own, with these guests ready (or on their way), for as long as `use` takes. `flags` are for its Node.
 */
export async function withSandboxHost<T>(
  setup: GvisorSetup,
  warm: Record<string, number>,
  use: (host: Connection, pid: number) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  const apiKey = `e2b_${randomBytes(20).toString('hex')}`;
  const child = spawn(process.execPath, [...flags, 'functions/sandbox-host/main.ts'], {
    env: { ...setup, HOST_API_KEY: apiKey, PORT: '0', WARM: JSON.stringify(warm), DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = `http://127.0.0.1:${await portOf(child)}`;
    await delay(2_000);
    return await use({ apiKey, apiUrl: url, sandboxUrl: url }, child.pid ?? 0);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('the host has no output');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const said: { message: string; port?: number } = JSON.parse(line);
    if (said.message === 'ready' && said.port !== undefined) return said.port;
  }
  throw new Error('the host did not start');
}
