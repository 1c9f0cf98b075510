import { limitCeilings } from './limits.ts';

/**
 * Every timeout of an execution's path, derived from the longest run a request may ask for.
 *
 *   |-- run (60 s) --|
 *   |-- sandbox Lambda (70 s) --|           kills what the supervisor missed
 *   |-- executor Lambda (80 s) ----|        stores the result
 *   |-- queue visibility (90 s) ------|     redelivers what the executor lost
 *
 * A lease is shorter than any of them: it follows its executor, not its program.
 */
export const sandboxTimeoutSeconds = limitCeilings.wallTimeMs / 1000 + 10;
export const executorTimeoutSeconds = sandboxTimeoutSeconds + 10;
export const queueVisibilitySeconds = executorTimeoutSeconds + 10;

/**
 * An attempt holds its execution by a lease that its executor renews while the program runs. Short runs never do.
 *
 *   claim |--------- lease (30 s) ---------|
 *         |-- 10 s --| renew |--------- lease ---------|
 *                    | no renewal gets through: the executor ends its run here |
 *   a dead executor:                       | lease runs out |-- proof (15 s) --| nobody renewed: lost
 */
export const leaseMs = 30_000;
export const renewLeaseEveryMs = 10_000;

/** How long a lease that seems to have run out is watched before its attempt counts as lost: longer than a renewal takes. */
export const lossProofMs = 15_000;

/**
 * Whether a lease seems to have run out, by a clock that may be wrong in either direction: then it is far in the past, or
 * further in the future than any lease is. Only {@link lossProofMs} without a renewal proves it.
 */
export function mayHaveLapsed(leaseUntilMs: number | null, now: Date): boolean {
  const leftMs = (leaseUntilMs ?? 0) - now.getTime();
  return leftMs < 0 || leftMs > 2 * leaseMs;
}

/** What could not be delivered to its lane all this time is given up, unless the operator closed that lane. */
export const giveUpAfterMs = 60 * 60_000;

/** Wait before the next attempt, after the attempt with this number failed. */
export function retryDelaySeconds(attempt: number): number {
  return Math.min(30, 2 ** attempt);
}
