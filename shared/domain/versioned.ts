/**
 * A value that operators change as a whole. Each change counts its version up by one; version 0 is the default, in
 * force until somebody writes another.
 */
export interface Versioned<Value> {
  readonly value: Value;
  readonly version: number;
  /** ISO-8601 UTC; null for the default. */
  readonly changedAt: string | null;
  /** The id of the key that changed it; null for the default. */
  readonly changedBy: string | null;
}

/** The value that comes after `seen`. */
export function nextVersion<Value>(
  seen: Versioned<unknown>,
  value: Value,
  changedBy: string,
  now: Date,
): Versioned<Value> {
  return { value, version: seen.version + 1, changedAt: now.toISOString(), changedBy };
}
