import { type Execution, isTerminal, type Output } from '../domain/execution.ts';

export interface ReadExecution {
  execution: Execution;
  output: Output;
}

/** No execution is over sooner than this after its submission: a read before would be wasted. */
const submissionPauseMs = 12;
const shortestPauseMs = 8;
const longestPauseMs = 500;

/**
 * Reads an execution until it is over or the time is up, and answers the last reading. A pause is half of what has
 * been waited so far, so that a quick run is seen soon and a long one costs few reads (25 s: about 60).
 */
export async function waitForEnd(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
  waitedMs = 0,
): Promise<ReadExecution | null> {
  const started = performance.now() - waitedMs;
  for (;;) {
    const reading = await read();
    const elapsedMs = performance.now() - started;
    const leftMs = waitSeconds * 1000 - elapsedMs;
    if (reading === null || isTerminal(reading.execution.status) || leftMs <= 0) return reading;
    await pause(Math.min(leftMs, longestPauseMs, Math.max(shortestPauseMs, elapsedMs / 2)));
  }
}

/** As {@link waitForEnd}, for an execution that was submitted just now. */
export async function waitForEndOfNew(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
): Promise<ReadExecution | null> {
  await pause(submissionPauseMs);
  return waitForEnd(read, waitSeconds, submissionPauseMs);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
