import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canMove, isTerminal, type Status, statuses } from '../../shared/domain/execution.ts';

const moves: [from: Status, to: Status[]][] = [
  ['queued', ['running', 'failed', 'cancelled']],
  ['running', ['queued', 'running', 'completed', 'failed', 'cancelled']],
  ['completed', []],
  ['failed', []],
  ['cancelled', []],
];

test.each(moves)('an execution that is %s may become %j and nothing else', (from, allowed) => {
  expect(statuses.filter((to) => canMove(from, to))).toEqual(allowed);
});

test('no walk ever leaves a terminal status', () => {
  const status = fc.constantFrom(...statuses);
  fc.assert(
    fc.property(fc.array(status), (wishes) => {
      let current: Status = 'queued';
      for (const wish of wishes) {
        const before = current;
        if (canMove(current, wish)) current = wish;
        if (isTerminal(before)) expect(current).toBe(before);
      }
    }),
  );
});
