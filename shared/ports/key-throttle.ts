import type { Standing, Throttle } from '../domain/throttle.ts';

export type ThrottleDecision =
  /** Answered at once; `standing` is known a moment later, and rejects when the count was lost. */
  | { isAdmitted: true; standing: Promise<Standing> }
  | { isAdmitted: false; standing: Standing; waitMs: number };

/** Counts the requests of each API key, over all instances of all functions. */
export interface KeyThrottle {
  /**
   * Takes a request of a key. Lets at least a burst through, and beyond what the throttle allows at most one request a
   * second for each instance: the first of a key that the instance has not seen for a second doesn't wait for the count.
   */
  admit(keyId: string, throttle: Throttle): Promise<ThrottleDecision>;
}
