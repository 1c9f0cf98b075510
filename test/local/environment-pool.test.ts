import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createEnvironmentPool } from '../../local/lambda/environment-pool.ts';
import type { ExecutionEnvironment } from '../../local/lambda/execution-environment.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const cores = 2;
const startMs = 20;

function createPool({ idleShare = 0, room = 10 }: { idleShare?: number; room?: number } = {}) {
  const state = { started: 0 };
  const pool = createEnvironmentPool({
    start(): ExecutionEnvironment {
      state.started += 1;
      return {
        ready: new Promise((resolve) => setTimeout(() => resolve(undefined), startMs)),
        invoke: async () => ({ kind: 'succeeded', payload: 'null' }),
        ended: false,
        end: async () => {},
      };
    },
    hasRoom: () => state.started < room,
    cores,
    load: { idleShare: () => idleShare },
  });
  /** Takes an environment, holds it, gives it back. Resolves with whether there was one in time. */
  const use = async (holdMs: number, patienceMs = Number.POSITIVE_INFINITY): Promise<boolean> => {
    const taken = await pool.take(patienceMs);
    if (taken === null || 'errorType' in taken) return false;
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    pool.release(taken);
    return true;
  };
  return { pool, state, use };
}

test('as many environments as cores start at once', async () => {
  const { state, use } = createPool();

  for (let n = 0; n < 5; n += 1) void use(30);

  expect(state.started).toBe(cores);
});

test('on a busy machine no more start while those that are there are given back', async () => {
  const { state, use } = createPool();

  const uses = Promise.all(Array.from({ length: 200 }, () => use(30)));
  await jest.advanceTimersByTimeAsync(startMs + 100 * 30);

  expect(await uses).toEqual(Array(200).fill(true));
  expect(state.started).toBe(cores);
});

test('where all of them wait for something another one starts: soon on an idle machine, later on a busy one', async () => {
  const startedAfter = async (idleShare: number, ms: number) => {
    const { pool, state, use } = createPool({ idleShare });
    for (let n = 0; n < 3; n += 1) void use(60_000);
    await jest.advanceTimersByTimeAsync(startMs + ms);
    const { started } = state;
    await pool.close();
    return started;
  };

  expect(await startedAfter(1, 120)).toBe(3);
  expect(await startedAfter(0, 400)).toBe(2);
  expect(await startedAfter(0, 620)).toBe(3);
});

test('without room nobody gets one more, and who waits too long gets none', async () => {
  const { state, use } = createPool({ idleShare: 1, room: 1 });

  const uses = Promise.all([use(5_000), use(10, 1_000), use(10, 10_000)]);
  await jest.advanceTimersByTimeAsync(6_000);

  expect(await uses).toEqual([true, false, true]);
  expect(state.started).toBe(1);
});

test('those who wait when it closes are told so', async () => {
  const { pool } = createPool({ room: 0 });
  const taken = pool.take(Number.POSITIVE_INFINITY);

  await pool.close();

  expect(await taken).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(await pool.take(0)).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(jest.getTimerCount()).toBe(0);
});
