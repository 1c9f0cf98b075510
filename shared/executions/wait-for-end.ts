import { type Execution, isTerminal, type Output } from '../domain/execution.ts';

export interface ReadExecution {
  execution: Execution;
  output: Output;
}

/** No execution is over sooner than this after its submission: a read before would be wasted. */
const submissionPauseMs = 12;
const firstPauseMs = 6;
const longestPauseMs = 500;
const growth = 1.5;

/**
 * Reads an execution until it is over or the time is up, and answers the last reading. Pauses grow, so that a
 * quick run is seen at once and a long one costs few reads (25 s: about 60).
 */
export async function waitForEnd(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
): Promise<ReadExecution | null> {
  const deadline = performance.now() + waitSeconds * 1000;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * growth)) {
    const reading = await read();
    const leftMs = deadline - performance.now();
    if (reading === null || isTerminal(reading.execution.status) || leftMs <= 0) return reading;
    await pause(Math.min(pauseMs, leftMs));
  }
}

/** As {@link waitForEnd}, for an execution that was submitted just now. */
export async function waitForEndOfNew(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
): Promise<ReadExecution | null> {
  await pause(submissionPauseMs);
  return waitForEnd(read, waitSeconds - submissionPauseMs / 1000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
