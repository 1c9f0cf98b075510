/** Some AWS calls of one kind: what an execution costs in calls is read from these. */
export interface CallCount {
  readonly service: 'dynamodb' | 'sqs' | 's3' | 'lambda' | 'secretsmanager';
  readonly operation: string;
  /** Table, queue, bucket, function or secret. */
  readonly resource: string;
  /** The logical id of the calling function, `event-source-mapping`, `api-gateway`, or `outside`. */
  readonly caller: string;
  readonly calls: number;
  readonly errors: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export type Call = Pick<CallCount, 'service' | 'operation' | 'resource' | 'caller'> & {
  readonly failed?: boolean;
  readonly readUnits?: number;
  readonly writeUnits?: number;
};

/** Counts every AWS call made on the local cloud since the start or the last reset. */
export interface CallLog {
  record(call: Call): void;
  counts(): CallCount[];
  reset(): void;
}

export function createCallLog(): CallLog {
  const counts = new Map<string, CallCount>();
  return {
    record({ service, operation, resource, caller, failed = false, readUnits = 0, writeUnits = 0 }) {
      const key = JSON.stringify([service, operation, resource, caller]);
      const before = counts.get(key);
      counts.set(key, {
        service,
        operation,
        resource,
        caller,
        calls: (before?.calls ?? 0) + 1,
        errors: (before?.errors ?? 0) + (failed ? 1 : 0),
        readUnits: (before?.readUnits ?? 0) + readUnits,
        writeUnits: (before?.writeUnits ?? 0) + writeUnits,
      });
    },
    counts: () => [...counts.values()],
    reset: () => counts.clear(),
  };
}
