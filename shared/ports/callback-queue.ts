/** Hands on that an execution is over and owes a callback. */
export interface CallbackQueue {
  /** At-least-once; not ordered. Not before so many seconds, of which there are at most 900. */
  send(executionId: string, delaySeconds?: number): Promise<void>;
}
