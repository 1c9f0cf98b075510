import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createDialectServer, type DialectServerOptions } from './dialect/dialect-server.ts';
import { renderMetrics } from './dialect/render-metrics.ts';
import type { Template } from './guest/guest.ts';
import { memoryForSandboxesMiB } from './memory-budget.ts';
import { createCapacity } from './pool/capacity.ts';
import { createGuestPool, type StartGuest } from './pool/guest-pool.ts';
import { createSandboxes, type Sandboxes } from './sandboxes/sandboxes.ts';

export interface SandboxHostOptions {
  startGuest: StartGuest;
  apiKey: string;
  port: number;
  address: string;
  warm: Readonly<Partial<Record<Template, number>>>;
  maxSandboxes: number;
  /** For all guests together, those that wait included. */
  memoryMiB: number;
  /** An error of ours, or of what we run on; nothing of a client is in it. */
  onError: (message: string, error: unknown) => void;
  timeouts?: DialectServerOptions['timeouts'];
}

export interface SandboxHost {
  readonly port: number;
  readonly sandboxes: Sandboxes;
  /** Takes no new sandboxes, and gives those that run this long to end; then closes. */
  drain(patienceMs: number): Promise<void>;
  /** Ends everything. Resolves when nothing is left. */
  close(): Promise<void>;
}

/** Guests, sandboxes and the HTTP in front of them, listening. */
export async function startSandboxHost(options: SandboxHostOptions): Promise<SandboxHost> {
  const { startGuest, apiKey, warm, maxSandboxes, memoryMiB, onError } = options;
  const capacity = createCapacity({ budgetMiB: memoryForSandboxesMiB(memoryMiB, warm), maxSandboxes });
  const pool = createGuestPool({
    startGuest,
    warm,
    maxStarting: Math.max(2, availableParallelism()),
    onRefillFailed: (template, error) => onError(`no warm guest for ${template}`, error),
  });
  const sandboxes = createSandboxes({ pool, capacity });
  const server = createDialectServer({
    apiKey,
    sandboxes,
    renderMetrics: () => renderMetrics({ sandboxes, pool, capacity }),
    onError: (error) => onError('a request failed', error),
    ...(options.timeouts !== undefined && { timeouts: options.timeouts }),
  });
  const port = await server.listen(options.port, options.address);

  async function close(): Promise<void> {
    await Promise.all([sandboxes.close(), pool.close()]);
    await server.close();
  }

  return {
    port,
    sandboxes,
    close,
    async drain(patienceMs) {
      sandboxes.drain();
      const patience = new AbortController();
      await Promise.race([sandboxes.idle(), delay(patienceMs, undefined, patience).catch(() => {})]);
      patience.abort();
      await close();
    },
  };
}
