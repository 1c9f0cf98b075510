import { expect, test } from '@jest/globals';
import { limitCeilings } from '../../shared/domain/limits.ts';
import {
  executorTimeoutSeconds,
  leaseMarginMs,
  queueVisibilitySeconds,
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
  expect(longestRunSeconds + leaseMarginMs / 1000).toBeLessThanOrEqual(queueVisibilitySeconds);
});

test('the pause before an attempt doubles up to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map(retryDelaySeconds)).toEqual([2, 4, 8, 16, 30, 30, 30]);
});
