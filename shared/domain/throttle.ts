import * as z from 'zod';

/** How often requests may come: `burst` at once, `ratePerSecond` for ever. */
export const throttleSchema = z.strictObject({
  burst: z.int().min(1).max(100_000),
  ratePerSecond: z.number().min(0.01).max(100_000),
});
export type Throttle = z.infer<typeof throttleSchema>;

/** What is left after a request: `remaining` now, all of it after `resetSeconds`. */
export interface Standing {
  remaining: number;
  resetSeconds: number;
}

/** Seconds in which a burst that was used up comes back: the window of the limit. */
export function windowSeconds({ burst, ratePerSecond }: Throttle): number {
  return Math.ceil(burst / ratePerSecond);
}
