/** What the host has for running sandboxes, and how much of it is promised. */
export interface Capacity {
  /** Promises memory to one more sandbox, or answers null when it doesn't fit now. Releasing twice is harmless. */
  reserve(memoryMiB: number): (() => void) | null;
  /** Whether it would fit on an empty host. */
  canEverFit(memoryMiB: number): boolean;
  state(): { sandboxes: number; maxSandboxes: number; reservedMiB: number; budgetMiB: number };
}

/**
 * Counts what sandboxes may use, not what they use: a host that promised more than it has would have to break its
 * word to somebody who did nothing wrong.
 */
export function createCapacity({
  budgetMiB,
  maxSandboxes,
}: {
  budgetMiB: number;
  maxSandboxes: number;
}): Capacity {
  let sandboxes = 0;
  let reservedMiB = 0;
  return {
    reserve(memoryMiB) {
      if (sandboxes >= maxSandboxes || reservedMiB + memoryMiB > budgetMiB) return null;
      sandboxes += 1;
      reservedMiB += memoryMiB;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        sandboxes -= 1;
        reservedMiB -= memoryMiB;
      };
    },
    canEverFit: (memoryMiB) => maxSandboxes > 0 && memoryMiB <= budgetMiB,
    state: () => ({ sandboxes, maxSandboxes, reservedMiB, budgetMiB }),
  };
}
