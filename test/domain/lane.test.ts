import { expect, test } from '@jest/globals';
import { backends } from '../../shared/domain/execution.ts';
import { laneRules, maxDeliveries, nextLane } from '../../shared/domain/lane.ts';

test.each([
  ['e2b', ['e2b', 'gvisor'], 'gvisor'],
  ['gvisor', ['e2b', 'gvisor'], null],
  ['e2b', ['e2b'], null],
  ['wasm', [], null],
] as const)('after %s on the route %j comes %s', (lane, route, next) => {
  expect(nextLane({ lane, route: [...route] })).toBe(next);
});

test.each(backends)('a message of the %s lane is delivered more often than it is attempted', (lane) => {
  expect(maxDeliveries(lane)).toBeGreaterThan(laneRules[lane].maxAttempts);
});
