import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Status } from '../../shared/domain/execution.ts';
import { type ReadExecution, waitForEnd, waitForEndOfNew } from '../../shared/executions/wait-for-end.ts';
import { sampleExecution } from '../support/sample-execution.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const noOutput = { stdout: '', stderr: '' };

/** Answers `running` until the execution is over after `endsAfterMs`; counts the reads. */
function createReader(endsAfterMs: number) {
  const started = performance.now();
  const reader = {
    reads: 0,
    async read(): Promise<ReadExecution> {
      reader.reads += 1;
      const status: Status = performance.now() - started >= endsAfterMs ? 'completed' : 'running';
      return { execution: sampleExecution({ status }), output: noOutput };
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
  const last = waitForEndOfNew(reader.read, 26);
  await jest.advanceTimersByTimeAsync(26_000);

  expect((await last)?.execution.status).toBe('completed');
  expect(reader.reads).toBeLessThanOrEqual(mostReads);
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
