/** Places for the creation of sandboxes, handed out one after the other to everyone who shares an account. */
export interface CreateSlots {
  /**
   * Takes the next free place and answers how many ms off it is. A place further off than `maxWaitMs` is not
   * taken. Atomic.
   */
  take(intervalMs: number, maxWaitMs: number): Promise<{ isTaken: boolean; waitMs: number }>;
}
