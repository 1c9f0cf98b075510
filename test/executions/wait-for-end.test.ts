import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Status } from '../../shared/domain/execution.ts';
import { createEndForecast } from '../../shared/executions/end-forecast.ts';
import { type ReadExecution, waitForEnd, waitForEndOfNew } from '../../shared/executions/wait-for-end.ts';
import { sampleExecution } from '../support/sample-execution.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const noOutput = { stdout: '', stderr: '' };

const createdAtMs = Date.parse(sampleExecution().createdAt);

const inStatus = (status: Status, finishedAt: string | null): ReadExecution => ({
  execution: sampleExecution({ status, finishedAt }),
  output: noOutput,
});

/** Answers `running` until the execution is over after `endsAfterMs`; counts the reads. */
function createReader(endsAfterMs: number) {
  const started = performance.now();
  const reader = {
    reads: 0,
    async read(): Promise<ReadExecution> {
      reader.reads += 1;
      if (performance.now() - started < endsAfterMs) return inStatus('running', null);
      return inStatus('completed', new Date(createdAtMs + endsAfterMs).toISOString());
    },
  };
  return reader;
}

test.each([
  [20, 3],
  [1_000, 15],
  [25_000, 65],
])('an execution of %d ms costs at most %d reads', async (endsAfterMs, mostReads) => {
  const reader = createReader(endsAfterMs);
  const last = waitForEndOfNew(reader.read, 26, 0, createEndForecast());
  await jest.advanceTimersByTimeAsync(26_000);

  expect((await last)?.execution.status).toBe('completed');
  expect(reader.reads).toBeLessThanOrEqual(mostReads);
});

test('executions that end alike cost one read each, once it has learnt how long they take', async () => {
  const forecast = createEndForecast();
  const run = async () => {
    const reader = createReader(40);
    const last = waitForEndOfNew(reader.read, 25, 0, forecast);
    await jest.advanceTimersByTimeAsync(200);
    await last;
    return reader.reads;
  };

  const reads: number[] = [];
  for (let n = 0; n < 40; n += 1) reads.push(await run());

  expect(reads[0]).toBeGreaterThan(1);
  expect(reads.slice(-10)).toEqual(Array(10).fill(1));
});

test('a handful of ends is enough to expect the next one', () => {
  const forecast = createEndForecast();
  for (let n = 0; n < 5; n += 1) forecast.learn(60);

  expect(forecast.expectedMs()).toBeGreaterThan(55);
  expect(forecast.expectedMs()).toBeLessThan(85);
});

test('a quick execution after slow ones is kept waiting for a tenth of a second at most', async () => {
  const forecast = createEndForecast();
  for (let n = 0; n < 100; n += 1) forecast.learn(20_000);

  const last = waitForEndOfNew(createReader(10).read, 25, 0, forecast);
  await jest.advanceTimersByTimeAsync(100);

  expect((await last)?.execution.status).toBe('completed');
});

test('answers the last reading when the time is up', async () => {
  const reader = createReader(60_000);
  const last = waitForEnd(reader.read, 2);
  await jest.advanceTimersByTimeAsync(2_000);

  expect((await last)?.execution.status).toBe('running');
});

test('without a wait it reads once', async () => {
  const reader = createReader(60_000);
  await waitForEnd(reader.read, 0);
  expect(reader.reads).toBe(1);
});

test('an execution that is not there is answered at once', async () => {
  expect(await waitForEnd(async () => null, 25)).toBeNull();
});
