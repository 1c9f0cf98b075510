import { type Execution, isTerminal, type Output } from '../domain/execution.ts';

export interface ReadExecution {
  execution: Execution;
  output: Output;
}

const firstPauseMs = 10;
const longestPauseMs = 500;
const growth = 1.3;

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
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, leftMs)));
  }
}
