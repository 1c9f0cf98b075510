import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createCapacity } from '../../../../functions/sandbox-host/pool/capacity.ts';

test('promises memory up to the budget and no further', () => {
  const capacity = createCapacity({ budgetMiB: 1_000, maxSandboxes: 10 });

  const first = capacity.reserve(600);

  expect(first).not.toBeNull();
  expect(capacity.reserve(401)).toBeNull();
  expect(capacity.reserve(400)).not.toBeNull();
  expect(capacity.reserve(1)).toBeNull();
});

test('promises room to so many sandboxes, however small', () => {
  const capacity = createCapacity({ budgetMiB: 1_000, maxSandboxes: 2 });

  expect(
    [capacity.reserve(1), capacity.reserve(1), capacity.reserve(1)].map((room) => room !== null),
  ).toEqual([true, true, false]);
});

test('knows what never fits', () => {
  expect(createCapacity({ budgetMiB: 100, maxSandboxes: 1 }).canEverFit(101)).toBe(false);
  expect(createCapacity({ budgetMiB: 100, maxSandboxes: 0 }).canEverFit(1)).toBe(false);
  expect(createCapacity({ budgetMiB: 100, maxSandboxes: 1 }).canEverFit(100)).toBe(true);
});

test('counts what is held, whatever the order of promises and releases', () => {
  const action = fc.record({ memoryMiB: fc.integer({ min: 1, max: 400 }), release: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const capacity = createCapacity({ budgetMiB: 1_000, maxSandboxes: 5 });
      const held: { memoryMiB: number; release: () => void; isHeld: boolean }[] = [];
      for (const { memoryMiB, release } of actions) {
        const room = capacity.reserve(memoryMiB);
        if (room !== null) held.push({ memoryMiB, release: room, isHeld: true });
        const old = held[release];
        if (old === undefined) continue;
        old.release();
        old.isHeld = false;
      }
      const now = held.filter(({ isHeld }) => isHeld);
      const reservedMiB = now.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
      expect(capacity.state()).toMatchObject({ sandboxes: now.length, reservedMiB });
      expect(now.length <= 5 && reservedMiB <= 1_000).toBe(true);
    }),
  );
});
