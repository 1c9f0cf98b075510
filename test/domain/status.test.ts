import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canMove, isTerminal, statuses } from '../../shared/domain/execution.ts';

test.each([
  ['queued', 'running', true],
  ['queued', 'completed', false],
  ['running', 'completed', true],
  ['running', 'queued', true],
  ['running', 'running', true],
  ['running', 'failed', true],
  ['completed', 'failed', false],
  ['failed', 'queued', false],
  ['cancelled', 'running', false],
] as const)('%s to %s: %s', (from, to, expected) => {
  expect(canMove(from, to)).toBe(expected);
});

test('no walk ever leaves a terminal status', () => {
  const status = fc.constantFrom(...statuses);
  fc.assert(
    fc.property(fc.array(status), (wishes) => {
      let current: (typeof statuses)[number] = 'queued';
      for (const wish of wishes) {
        const before = current;
        if (canMove(current, wish)) current = wish;
        if (isTerminal(before)) expect(current).toBe(before);
      }
    }),
  );
});
