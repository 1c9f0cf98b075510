import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sandboxCostUsd } from '../../shared/domain/cost.ts';

const usageOf = (wallTimeMs: number) => ({ wallTimeMs, cpuTimeMs: 0, peakMemoryMiB: 0, outputBytes: 0 });
const wasmCost = (wallTimeMs: number, startMs = 0) => sandboxCostUsd('wasm', usageOf(wallTimeMs), startMs);

test('a second of the wasm tier costs an invoke and two GiB-seconds of Lambda', () => {
  expect(wasmCost(1_000)).toBe(0.0000268668);
});

test('a sandbox is paid for from its start', () => {
  expect(wasmCost(400, 600)).toBe(wasmCost(1_000));
});

test('a longer run never costs less, and no run is free', () => {
  const ms = fc.double({ min: 0, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      expect(wasmCost(a + b)).toBeGreaterThanOrEqual(wasmCost(a));
      expect(wasmCost(a)).toBeGreaterThan(0);
    }),
  );
});
