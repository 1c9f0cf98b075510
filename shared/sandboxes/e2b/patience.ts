/**
 * How long each step may take, whatever the SDK does. Together they stay below the executor's timeout:
 *
 *   |- slot -|-- create --|-- prepare --|== wall time limit ==|- grace -|- collect -|
 *    1 s      4 s          3 s                                 2 s       3 s         then: kill, 3 s, beside
 */
export interface Patience {
  /** Wait for a place under the plan's rate of creations. */
  slotMs: number;
  createMs: number;
  /** Upload, start of the runner, and the program's first instruction. */
  prepareMs: number;
  /** What the runner may take beyond the wall time limit to end a program and say so. */
  graceMs: number;
  /** Reading the program's artifacts. */
  collectMs: number;
  killMs: number;
}

export const defaultPatience: Patience = {
  slotMs: 1_000,
  createMs: 4_000,
  prepareMs: 3_000,
  graceMs: 2_000,
  collectMs: 3_000,
  killMs: 3_000,
};

/** The age at which the backend itself ends a sandbox that nobody killed. */
export function sandboxLifetimeMs(wallTimeMs: number, patience: Patience): number {
  return patience.prepareMs + wallTimeMs + patience.graceMs + patience.collectMs + patience.killMs;
}
