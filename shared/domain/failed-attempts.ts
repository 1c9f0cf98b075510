import type { Execution, FailedAttempt, Failure } from './execution.ts';

/** What is said of an attempt that ended without a word: its executor died, or its lease ran out. */
export const lostAttempt: Failure = {
  code: 'sandbox_lost',
  message: 'The attempt was lost before it ended.',
};

/**
 * Every failed attempt of an execution, oldest first. A running attempt ends with `failure`, or, when that is null,
 * didn't fail. Attempts that are over and that nobody recorded were lost; they count from when that was noticed.
 */
export function failedAttempts(
  execution: Pick<Execution, 'status' | 'attempts' | 'backend' | 'startedAt' | 'failures'>,
  failure: Failure | null,
  now: Date,
): FailedAttempt[] {
  const { status, attempts, backend, startedAt, failures } = execution;
  const known = new Map(failures.map((entry) => [entry.attempt, entry]));
  const at = now.toISOString();
  const over = status === 'running' ? attempts - 1 : attempts;
  for (let attempt = 1; attempt <= over; attempt += 1) {
    if (!known.has(attempt)) known.set(attempt, { ...lostAttempt, attempt, backend, at: startedAt ?? at });
  }
  if (status === 'running' && failure !== null)
    known.set(attempts, { ...failure, attempt: attempts, backend, at });
  return [...known.values()].sort((a, b) => a.attempt - b.attempt);
}
