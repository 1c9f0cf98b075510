import type { Clock } from '../../ports/clock.ts';

/** A sandbox of ours that the backend still has. */
export interface ListedSandbox {
  sandboxId: string;
  /** Null: it carries our deployment's mark, but no execution. */
  executionId: string | null;
  startedAt: Date;
}

/** The sandboxes of one deployment. */
export interface SandboxInventory {
  list(): Promise<ListedSandbox[]>;
  /** False when it was gone already. */
  kill(sandboxId: string): Promise<boolean>;
}

export interface SweepResult {
  seen: number;
  killed: string[];
  failed: { sandboxId: string; error: unknown }[];
}

/** A sandbox this young may be on its way: its execution was read a moment ago, or is being stored. */
const graceMs = 10_000;
/** Sandboxes that are looked at together. */
const width = 10;

/**
 * Ends the sandboxes that nobody else ended: those of an execution that is over or unknown, and any that is older
 * than the longest run. One that can't be ended is reported, and comes again with the next sweep.
 */
export async function sweepOrphans({
  inventory,
  isOver,
  longestRunMs,
  clock,
}: {
  inventory: SandboxInventory;
  isOver: (executionId: string) => Promise<boolean>;
  longestRunMs: number;
  clock: Clock;
}): Promise<SweepResult> {
  const sandboxes = await inventory.list();
  const result: SweepResult = { seen: sandboxes.length, killed: [], failed: [] };
  const waiting = [...sandboxes];

  async function sweepNext(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { sandboxId } = next;
      try {
        if ((await isOrphan(next)) && (await inventory.kill(sandboxId))) result.killed.push(sandboxId);
      } catch (error) {
        result.failed.push({ sandboxId, error });
      }
    }
  }

  async function isOrphan({ executionId, startedAt }: ListedSandbox): Promise<boolean> {
    const ageMs = clock().getTime() - startedAt.getTime();
    if (ageMs > longestRunMs) return true;
    if (ageMs < graceMs) return false;
    return executionId === null || (await isOver(executionId));
  }

  await Promise.all(Array.from({ length: width }, sweepNext));
  return result;
}
