import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { ConnectionOpts } from 'e2b';
import {
  type SandboxHost,
  type SandboxHostOptions,
  startSandboxHost,
} from '../../functions/sandbox-host/sandbox-host.ts';

/** A host with its sockets, on whatever guests a test has. */
export interface DialectFixture extends SandboxHost {
  readonly url: string;
  readonly apiKey: string;
  /** For the `e2b` SDK. */
  readonly connection: ConnectionOpts;
  /** What the host logged as an error. */
  readonly errors: unknown[];
}

export type DialectFixtureOptions = Pick<SandboxHostOptions, 'startGuest'> &
  Partial<Pick<SandboxHostOptions, 'warm' | 'maxSandboxes' | 'memoryMiB' | 'timeouts'>>;

export async function startDialect({
  startGuest,
  warm = {},
  maxSandboxes = 8,
  memoryMiB = 16_384,
  timeouts,
}: DialectFixtureOptions): Promise<DialectFixture> {
  const errors: unknown[] = [];
  const apiKey = `e2b_${randomBytes(20).toString('hex')}`;
  const host = await startSandboxHost({
    startGuest,
    apiKey,
    port: 0,
    address: '127.0.0.1',
    warm,
    maxSandboxes,
    memoryMiB,
    onError: (message, error) => void errors.push(message, error),
    ...(timeouts !== undefined && { timeouts }),
  });
  const url = `http://127.0.0.1:${host.port}`;
  return {
    ...host,
    url,
    apiKey,
    connection: { apiKey, apiUrl: url, sandboxUrl: url, retries: 0 },
    errors,
  };
}

/** How many descriptors this process has open. */
export function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Waits until a condition holds that is only a moment away; throws when it isn't. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
