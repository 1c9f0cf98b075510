import { type Execution, isTerminal, type Output } from '../domain/execution.ts';
import type { EndForecast } from './end-forecast.ts';

export interface ReadExecution {
  execution: Execution;
  output: Output;
}

const shortestPauseMs = 8;
const longestPauseMs = 500;

/**
 * Reads an execution until it is over or the time is up, and answers the last reading. A pause is half of what has
 * been waited so far, or all of it before the run has begun, so that a quick run is seen soon and a long one costs
 * few reads (25 s: about 60).
 */
export async function waitForEnd(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
): Promise<ReadExecution | null> {
  const started = performance.now();
  for (;;) {
    const reading = await read();
    const elapsedMs = performance.now() - started;
    const leftMs = waitSeconds * 1000 - elapsedMs;
    if (reading === null || isTerminal(reading.execution.status) || leftMs <= 0) return reading;
    const share = reading.execution.status === 'queued' ? 1 : 0.5;
    await pause(Math.min(leftMs, longestPauseMs, Math.max(shortestPauseMs, elapsedMs * share)));
  }
}

/**
 * As {@link waitForEnd}, for an execution created `ageMs` ago: the first reading is where its end is expected, and the
 * pauses after it are short at first, as the end must be near.
 */
export async function waitForEndOfNew(
  read: () => Promise<ReadExecution | null>,
  waitSeconds: number,
  ageMs: number,
  forecast: EndForecast,
): Promise<ReadExecution | null> {
  const firstMs = Math.max(0, Math.min(waitSeconds * 1000, forecast.expectedMs() - ageMs));
  await pause(firstMs);
  const last = await waitForEnd(read, waitSeconds - firstMs / 1000);
  if (last?.execution.finishedAt) {
    forecast.learn(Date.parse(last.execution.finishedAt) - Date.parse(last.execution.createdAt));
  }
  return last;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
