import type { Execution } from '../domain/execution.ts';

/** An execution that is queued or running, and what its message needs. */
export interface OpenExecution {
  execution: Execution;
  /** Whether it has sealed secrets, whose key is in its message alone. */
  hasSecrets: boolean;
  /** When it was last sent to its lane again. */
  resentAt: Date | null;
}

/** The executions that are not over, whosever they are. */
export interface OpenExecutions {
  /** Ids of those that were created before, in several lists, each oldest first. Eventually consistent. */
  listIds(createdBefore: Date): AsyncIterable<string>[];
  /** Null when it is over or gone by now. Strongly consistent. */
  find(id: string): Promise<OpenExecution | null>;
  /** Notes that a queued one is sent to its lane again now. False: it was claimed or sent by somebody in the meantime. */
  noteResent(queued: OpenExecution, now: Date): Promise<boolean>;
}
