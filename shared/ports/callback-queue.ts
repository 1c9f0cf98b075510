/** An attempt at the callback of an execution, counted from 1. */
export interface CallbackAttempt {
  executionId: string;
  attempt: number;
}

/** Hands on that an execution is over and owes a callback. */
export interface CallbackQueue {
  /** At-least-once; not ordered. Not before so many seconds, of which there are at most 900. */
  send(attempt: CallbackAttempt, delaySeconds?: number): Promise<void>;
}
