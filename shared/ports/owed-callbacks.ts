import type { Callback } from '../domain/callback.ts';
import type { Execution, Output } from '../domain/execution.ts';

/** An execution that is over, and whose callback is still to be delivered or given up. */
export interface OwedCallback {
  execution: Execution & { callback: Callback; finishedAt: string };
  /** Of its program, or empty texts. */
  readOutput: () => Promise<Output>;
  /** By then somebody tries, or else the reconciler asks for it. */
  dueAt: Date;
}

/**
 * The callbacks that are owed, whosever they are. A debt begins in the write that ends its execution and is over with
 * the first of `settle`.
 */
export interface OwedCallbacks {
  /** Ids of those that were due before, in several lists, longest due first. Eventually consistent. */
  listIds(dueBefore: Date): AsyncIterable<string>[];
  /** Null when nothing is owed. Strongly consistent. */
  find(id: string): Promise<OwedCallback | null>;
  /** Notes how many attempts there were, and when it is due next. False: settled, or noted by somebody in the meantime. */
  postpone(seen: OwedCallback, attempts: number, dueAt: Date): Promise<boolean>;
  /** Ends the debt. False: somebody else did. A delivery counts whatever was noted since. */
  settle(seen: OwedCallback, to: 'delivered' | 'given_up', attempts: number): Promise<boolean>;
}
