import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { watchAttempt } from '../../../functions/run-execution/watch-attempt.ts';
import { sampleExecution } from '../../support/sample-execution.ts';

const execution = sampleExecution({ status: 'running', attempts: 1 });
const clock = () => new Date('2026-03-01T00:00:00.000Z');

/** A store that counts its calls; each answers what the test says, or fails. */
function storeOf(isUnwanted: () => boolean, isRenewed: () => boolean) {
  const calls = { looks: 0, renewals: 0 };
  const store = {
    async isCancelRequested() {
      calls.looks += 1;
      return isUnwanted();
    },
    async renew() {
      calls.renewals += 1;
      return isRenewed();
    },
  };
  return { store, calls };
}

const fails = (): boolean => {
  throw new Error('throttled');
};
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('a short execution pays for no call', async () => {
  const { store, calls } = storeOf(fails, fails);
  const watch = watchAttempt({ store, clock }, execution);
  await delay(50);
  watch.stop();

  expect(calls).toEqual({ looks: 0, renewals: 0 });
});

test('a request to cancel aborts the run, and the watch is over', async () => {
  let looks = 0;
  const { store, calls } = storeOf(
    () => ++looks === 2,
    () => true,
  );
  const watch = watchAttempt({ store, clock }, execution, {
    cancelPollMs: 5,
    renewEveryMs: 60_000,
    leaseMs: 60_000,
  });

  await aborted(watch.signal);

  expect(watch.earlyEnd()).toBe('cancel_requested');
  await delay(40);
  expect(calls.looks).toBe(2);
});

test('a renewal that is refused aborts the run at once', async () => {
  const { store } = storeOf(
    () => false,
    () => false,
  );
  const watch = watchAttempt({ store, clock }, execution, {
    cancelPollMs: 60_000,
    renewEveryMs: 5,
    leaseMs: 60_000,
  });

  await aborted(watch.signal);

  expect(watch.earlyEnd()).toBe('lease_lost');
});

test('renewals that fail abort the run when the lease is over, and not before', async () => {
  const { store, calls } = storeOf(fails, fails);
  const startedMs = performance.now();
  const watch = watchAttempt({ store, clock }, execution, {
    cancelPollMs: 20,
    renewEveryMs: 20,
    leaseMs: 200,
  });

  await aborted(watch.signal);

  expect(performance.now() - startedMs).toBeGreaterThan(190);
  expect(calls.renewals).toBeGreaterThan(1);
  expect(watch.earlyEnd()).toBe('lease_lost');
});

test('renewals that get through keep the run going for longer than a lease', async () => {
  const { store } = storeOf(
    () => false,
    () => true,
  );
  const watch = watchAttempt({ store, clock }, execution, {
    cancelPollMs: 60_000,
    renewEveryMs: 20,
    leaseMs: 1_000,
  });
  await delay(2_000);
  watch.stop();

  expect(watch.signal.aborted).toBe(false);
});
