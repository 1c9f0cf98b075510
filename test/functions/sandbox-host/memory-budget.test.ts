import { totalmem } from 'node:os';
import { expect, test } from '@jest/globals';
import { memoryForGuestsMiB, memoryForSandboxesMiB } from '../../../functions/sandbox-host/memory-budget.ts';

test('leaves a part of the machine to everything else', () => {
  const machineMiB = totalmem() / 1024 / 1024;

  expect(memoryForGuestsMiB()).toBeGreaterThan(0);
  expect(memoryForGuestsMiB()).toBeLessThanOrEqual(machineMiB * 0.8);
});

test('sets aside what waiting guests hold', () => {
  expect(memoryForSandboxesMiB(1_000, {})).toBe(1_000);
  expect(memoryForSandboxesMiB(1_000, { python: 2, javascript: 1 })).toBe(1_000 - 2 * 32 - 64);
});
