import { expect, test } from '@jest/globals';
import { callbackPatienceMs, nextCallbackAt } from '../../shared/domain/callback.ts';

const endedAt = new Date('2026-03-01T00:00:00.000Z');
const hours = (count: number) => count * 3_600_000;

/** Ms from the end to each attempt, where each fails at once. */
function attemptsMs(random: number): number[] {
  const times = [0];
  for (;;) {
    const now = new Date(endedAt.getTime() + (times.at(-1) ?? 0));
    const at = nextCallbackAt({ attempts: times.length, endedAt, now, random });
    if (at === null) return times;
    times.push(at.getTime() - endedAt.getTime());
  }
}

test('pauses grow from five seconds to four hours', () => {
  const times = attemptsMs(0.5);
  const pauses = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);

  expect(pauses.slice(0, 8)).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400]);
  expect(new Set(pauses.slice(7))).toEqual(new Set([14_400]));
});

test.each([0, 0.25, 0.5, 0.999])(
  'whatever the jitter (%d), the last attempt is in the last hours of a day',
  (random) => {
    const last = attemptsMs(random).at(-1) ?? 0;

    expect(last).toBeLessThanOrEqual(callbackPatienceMs);
    expect(last).toBeGreaterThan(hours(19));
  },
);

test('a pause is up to a quarter shorter or longer', () => {
  const pauseMs = (random: number) =>
    (nextCallbackAt({ attempts: 1, endedAt, now: endedAt, random })?.getTime() ?? 0) - endedAt.getTime();

  expect(pauseMs(0)).toBe(3_750);
  expect(pauseMs(0.999)).toBeCloseTo(6_250, -1);
});

test('nothing is tried again a day after the end', () => {
  const now = new Date(endedAt.getTime() + callbackPatienceMs);
  expect(nextCallbackAt({ attempts: 1, endedAt, now, random: 0 })).toBeNull();
});
