import { expect, test } from '@jest/globals';
import { executionViewSchema, presentExecution } from '../../shared/contract/execution-view.ts';
import { sampleExecution } from '../support/sample-execution.ts';

const completed = sampleExecution({
  status: 'completed',
  outcome: 'succeeded',
  exitCode: 0,
  usage: { wallTimeMs: 12, cpuTimeMs: 9, peakMemoryMiB: 31, outputBytes: 2 },
  sandboxStartMs: 4,
  costUsd: 0.000003,
  startedAt: '2026-03-01T00:00:00.008Z',
  finishedAt: '2026-03-01T00:00:00.031Z',
});

test('an execution is shown with its timings, and without tenant and lease', () => {
  const view = presentExecution(completed, { stdout: '1\n', stderr: '' }, []);

  expect(executionViewSchema.parse(view)).toEqual(view);
  expect(view.timings).toEqual({ validationMs: 1, queueMs: 8, sandboxStartMs: 4, runMs: 12, totalMs: 31 });
  expect(view).not.toHaveProperty('tenant');
  expect(view).not.toHaveProperty('leaseUntilMs');
});

test('what has not happened yet is null', () => {
  const view = presentExecution(sampleExecution(), { stdout: '', stderr: '' }, []);
  expect(view.timings).toEqual({
    validationMs: 1,
    queueMs: null,
    sandboxStartMs: null,
    runMs: null,
    totalMs: null,
  });
});

test.each([
  ['control characters', '\0'],
  ['quotes', '"'],
  ['characters of two code units', '😀'],
])('a megabyte of %s fits in an answer of Lambda', (_, character) => {
  const stdout = character.repeat(1_000_000 / character.length);
  const view = presentExecution(completed, { stdout, stderr: '' }, []);

  expect(Buffer.byteLength(JSON.stringify(JSON.stringify(view)))).toBeLessThan(6_000_000);
  expect(view.truncated.stdout).toBe(view.stdout.length < stdout.length);
  expect(view.stdout.isWellFormed()).toBe(true);
});

test('a megabyte of ordinary output is shown whole', () => {
  const stdout = `${'x'.repeat(99)}\n`.repeat(10_000);
  expect(presentExecution(completed, { stdout, stderr: '' }, [])).toMatchObject({
    stdout,
    truncated: { stdout: false },
  });
});
