import * as z from 'zod';

/** `waiting` for the end of the execution, or for the next attempt; the others never change. */
export const callbackStatuses = ['waiting', 'delivered', 'given_up'] as const;

/** Where the end of an execution is told, and how far that has come. `attempts` counts requests whose end is known. */
export const callbackSchema = z.strictObject({
  url: z.string(),
  status: z.enum(callbackStatuses),
  attempts: z.int().nonnegative(),
});
export type Callback = z.infer<typeof callbackSchema>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Pauses before the second, third, … attempt; the last one repeats. Each is shortened or lengthened by up to a quarter, so
 * that what a receiver missed in an outage doesn't come back all at once.
 *
 *   end | 1 |-5 s-| 2 |--30 s--| 3 |---2 min---| 4 … |-- 4 h --| n |-- 4 h --|
 *       |------------------------------ 24 h ------------------------------|  given up
 */
const pausesMs = [
  5_000,
  30_000,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  4 * hourMs,
] as const;
const longestPauseMs = 4 * hourMs;
const jitter = 0.25;

/** How long after the end of its execution a callback is tried. */
export const callbackPatienceMs = 24 * hourMs;

/**
 * A callback that nobody could even try for so long is given up: whatever kept it from being sent, an outage of a day has
 * cost none.
 */
export const callbackLifetimeMs = 2 * callbackPatienceMs;

/**
 * When to try again, after so many attempts (at least one) of which the last failed now; null: not within the patience.
 * `random` is in [0, 1).
 */
export function nextCallbackAt({
  attempts,
  endedAt,
  now,
  random,
}: {
  attempts: number;
  endedAt: Date;
  now: Date;
  random: number;
}): Date | null {
  const pauseMs = (pausesMs[attempts - 1] ?? longestPauseMs) * (1 - jitter + 2 * jitter * random);
  const at = now.getTime() + pauseMs;
  return at > endedAt.getTime() + callbackPatienceMs ? null : new Date(at);
}
