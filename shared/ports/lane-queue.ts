/** The queue of one lane. */
export interface LaneQueue {
  /** Hands an execution to the lane, with the key to its secrets if it has any. At-least-once; not ordered. */
  send(executionId: string, secretsKey?: string): Promise<void>;
  /** Makes a received message visible again after this many seconds. */
  delay(receiptHandle: string, seconds: number): Promise<void>;
}
