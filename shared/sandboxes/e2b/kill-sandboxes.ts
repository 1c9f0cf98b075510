import { Sandbox } from 'e2b';
import { type E2bConnection, sdkOptions } from './connection.ts';
import type { Incident } from './incident.ts';
import { symptomOf } from './read-symptom.ts';
import { within } from './within.ts';

/** Ends sandboxes beside the path of their results. */
export interface SandboxKiller {
  /** Starts to end it, at once. */
  kill(sandboxId: string): void;
  /** Resolves when nothing is on its way any more. A function that may be frozen awaits it. */
  idle(): Promise<void>;
}

const attempts = 2;

/** A sandbox that can't be ended is told of, and lives on until the sweep or its own timeout, whichever is first. */
export function createSandboxKiller({
  name,
  connection,
  killMs,
  observe,
}: {
  name: string;
  connection: E2bConnection;
  killMs: number;
  observe: (incident: Incident) => void;
}): SandboxKiller {
  const pending = new Set<Promise<void>>();

  async function killAtLast(sandboxId: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await killSandbox(connection, sandboxId, killMs / attempts);
        return;
      } catch (error) {
        if (attempt < attempts) continue;
        const message = `${name}: a sandbox could not be ended (${symptomOf(error)}): the sweep or its own timeout will`;
        observe({ kind: 'kill_failed', level: 'warn', message, executionId: null, sandboxId });
        return;
      }
    }
  }

  return {
    kill(sandboxId) {
      const killing = killAtLast(sandboxId).finally(() => pending.delete(killing));
      pending.add(killing);
    },
    async idle() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

/** False when there is no such sandbox any more. */
export function killSandbox(connection: E2bConnection, sandboxId: string, limitMs: number): Promise<boolean> {
  return within(limitMs, (signal) => Sandbox.kill(sandboxId, { ...sdkOptions(connection), signal }));
}
