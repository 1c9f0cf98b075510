import { expect, test } from '@jest/globals';
import { limitCeilings } from '../../shared/domain/limits.ts';
import {
  executorTimeoutSeconds,
  leaseMs,
  lossProofMs,
  mayHaveLapsed,
  queueVisibilitySeconds,
  renewLeaseEveryMs,
  retryDelaySeconds,
  sandboxTimeoutSeconds,
} from '../../shared/domain/timing.ts';

const longestRunSeconds = limitCeilings.wallTimeMs / 1000;

test('each timeout outlasts the one it waits for', () => {
  const chain = [longestRunSeconds, sandboxTimeoutSeconds, executorTimeoutSeconds, queueVisibilitySeconds];
  expect(chain).toEqual([...chain].sort((a, b) => a - b));
  expect(new Set(chain).size).toBe(chain.length);
});

test('a message that its executor lost comes back to a lease that has run out', () => {
  expect(leaseMs / 1000).toBeLessThan(queueVisibilitySeconds);
});

test('a lease outlasts a renewal that fails once, and who proves a loss waits for more than one', () => {
  expect(2 * renewLeaseEveryMs).toBeLessThan(leaseMs);
  expect(lossProofMs).toBeGreaterThan(renewLeaseEveryMs);
});

test.each([
  [-300_000, true],
  [-1, true],
  [0, false],
  [leaseMs, false],
  [2 * leaseMs, false],
  [300_000, true],
])('a lease that seems to end in %i ms may have run out: %s', (leftMs, expected) => {
  const now = new Date('2026-03-01T00:00:00.000Z');
  expect(mayHaveLapsed(now.getTime() + leftMs, now)).toBe(expected);
});

test('the pause before an attempt doubles up to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map(retryDelaySeconds)).toEqual([2, 4, 8, 16, 30, 30, 30]);
});
