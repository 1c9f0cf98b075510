import type { BackendName, Execution } from './execution.ts';

/** A lane is a queue, its dead letters, the executor deployed for it, and the one backend it is called by. */
export type LaneName = BackendName;

interface LaneRules {
  /** Claims of one execution, over all its lanes, before this lane gives it up as failed. */
  maxAttempts: number;
  /**
   * Whether a program that may have started is run again after a failure of ours. Only where a program can touch
   * nothing outside its sandbox, and costs next to nothing.
   */
  repeatsStarted: boolean;
}

/**
 * gvisor has the most attempts: its hosts scale from none, and the first one takes some minutes to come. Nothing of
 * the program has run by then.
 */
export const laneRules: Readonly<Record<LaneName, LaneRules>> = {
  wasm: { maxAttempts: 3, repeatsStarted: true },
  e2b: { maxAttempts: 3, repeatsStarted: false },
  gvisor: { maxAttempts: 8, repeatsStarted: false },
};

/** The lane that takes over when this one can't start the execution; null at the end of its route. */
export function nextLane({ lane, route }: Pick<Execution, 'lane' | 'route'>): LaneName | null {
  const place = route.indexOf(lane);
  return place === -1 ? null : (route[place + 1] ?? null);
}

/**
 * Deliveries of one message before it moves to the dead-letter queue. Above the attempts, because a delivery that
 * finds the lease held, or ends a lost attempt, is none.
 */
export function maxDeliveries(lane: LaneName): number {
  return laneRules[lane].maxAttempts * 3;
}
