import { createRecentValues } from '../domain/recent-values.ts';
import type { Clock } from '../ports/clock.ts';

export interface RecentReadsOptions {
  maxAgeMs: number;
  /** Those that were not asked for in a long time make room. */
  maxEntries: number;
  clock: Clock;
}

/** Answers from memory what was read a moment ago. Requests at the same time share one read; a failed one is not kept. */
export function createRecentReads<Value>(
  read: (id: string) => Promise<Value>,
  { maxAgeMs, maxEntries, clock }: RecentReadsOptions,
): (id: string) => Promise<Value> {
  const entries = createRecentValues<{ reading: Promise<Value>; untilMs: number }>(maxEntries);

  return (id) => {
    const nowMs = clock().getTime();
    const known = entries.get(id);
    if (known !== undefined && nowMs < known.untilMs) return known.reading;
    const reading = read(id);
    entries.set(id, { reading, untilMs: nowMs + maxAgeMs });
    reading.catch(() => entries.delete(id));
    return reading;
  };
}
