import { Sandbox } from 'e2b';
import { type E2bConnection, sdkOptions } from './connection.ts';
import { metadataKeys } from './create-sandbox.ts';
import { killSandbox } from './kill-sandboxes.ts';
import type { ListedSandbox, SandboxInventory } from './sweep-orphans.ts';
import { within } from './within.ts';

const requestMs = 5_000;
/** The most that a page may hold: https://e2b.dev/docs/sandbox/list (from memory, to be checked). */
const pageSize = 100;
/** More than any plan allows at the same time; a server that never ends its pages is not followed further. */
const maxPages = 20;

/** A deployment's sandboxes in an E2B account, running or paused. */
export function createSandboxInventory(connection: E2bConnection, deployment: string): SandboxInventory {
  return {
    async list() {
      const pages = Sandbox.list({
        ...sdkOptions(connection),
        limit: pageSize,
        query: { metadata: { [metadataKeys.deployment]: deployment }, state: ['running', 'paused'] },
      });
      const listed: ListedSandbox[] = [];
      for (let page = 0; pages.hasNext && page < maxPages; page += 1) {
        const items = await within(requestMs, (signal) => pages.nextItems({ signal }));
        for (const { sandboxId, startedAt, metadata } of items) {
          // What a server lists without being asked for is not ours to end.
          if (metadata[metadataKeys.deployment] !== deployment) continue;
          listed.push({ sandboxId, startedAt, executionId: metadata[metadataKeys.execution] ?? null });
        }
      }
      return listed;
    },
    kill: (sandboxId) => killSandbox(connection, sandboxId, requestMs),
  };
}
