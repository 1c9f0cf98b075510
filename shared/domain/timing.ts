import { limitCeilings } from './limits.ts';

/**
 * Every timeout of an execution's path, derived from the longest run a request may ask for.
 *
 *   |-- run (60 s) --|
 *   |-- sandbox Lambda (70 s) --|           kills what the supervisor missed
 *   |-- executor Lambda (80 s) ----|        stores the result
 *   |-- queue visibility (90 s) ------|     redelivers what the executor lost
 *
 * A lease is shorter: it follows the limits of its own execution, so a short run is retried soon.
 */
export const sandboxTimeoutSeconds = limitCeilings.wallTimeMs / 1000 + 10;
export const executorTimeoutSeconds = sandboxTimeoutSeconds + 10;
export const queueVisibilitySeconds = executorTimeoutSeconds + 10;

/** How much longer than its own wall time limit an attempt's lease holds: sandbox start, storing the result. */
export const leaseMarginMs = 15_000;

/** Wait before the next attempt, after the attempt with this number failed. */
export function retryDelaySeconds(attempt: number): number {
  return Math.min(30, 2 ** attempt);
}

/** How long executions, their programs and their outputs are kept. */
export const retentionDays = 30;
