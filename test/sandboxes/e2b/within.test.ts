import { describe, expect, it } from '@jest/globals';
import { createBudget, StepTimeout, within } from '../../../shared/sandboxes/e2b/within.ts';

describe('a step with a clock of its own', () => {
  it('gives the result of a step that is in time, and leaves its signal alone', async () => {
    let signal: AbortSignal | undefined;

    const result = await within(1_000, async (given) => {
      signal = given;
      return 'result';
    });

    expect(result).toBe('result');
    expect(signal?.aborted).toBe(false);
  });

  it('ends a step that ignores its signal', async () => {
    await expect(within(10, () => new Promise(() => {}))).rejects.toBeInstanceOf(StepTimeout);
  });

  it('hands on what comes too late', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const late = Promise.withResolvers<string>();

    await expect(within(10, () => promise, late.resolve)).rejects.toBeInstanceOf(StepTimeout);
    resolve('a sandbox');

    expect(await late.promise).toBe('a sandbox');
  });

  it('minds no error that comes too late', async () => {
    const { promise, reject } = Promise.withResolvers<string>();

    await expect(within(10, () => promise)).rejects.toBeInstanceOf(StepTimeout);
    reject(new Error('late'));

    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('a budget of time', () => {
  it('runs out, and never below a millisecond', () => {
    let now = 5;
    const leftMs = createBudget(100, () => now);

    now = 45;
    expect(leftMs()).toBe(60);
    now = 500;
    expect(leftMs()).toBe(1);
  });
});
