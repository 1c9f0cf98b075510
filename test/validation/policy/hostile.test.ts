import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { readSamples } from './corpus.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });
const strict = { ...defaultPolicy, profile: 'strict' } as const;
const samples = {
  python: [
    ...readSamples('hostile/python-escapes.txt', 'python'),
    ...readSamples('hostile/python-attacks.txt', 'python'),
  ],
  javascript: [
    ...readSamples('hostile/javascript.txt', 'javascript'),
    ...readSamples('hostile/typescript.txt', 'typescript'),
  ],
  bash: readSamples('hostile/bash.txt', 'bash'),
};
const all = Object.values(samples).flat();

test('there are enough of them', () => {
  expect(samples.python.length).toBeGreaterThanOrEqual(90);
  expect(samples.javascript.length).toBeGreaterThanOrEqual(35);
  expect(samples.bash.length).toBeGreaterThanOrEqual(25);
  expect(all.length).toBeGreaterThanOrEqual(150);
});

describe('is denied under strict', () => {
  test.each(all)('$name', async ({ language, source }) => {
    expect((await gate.inspect({ language, source, files: [] }, strict)).denied).toBe(true);
  });
});

describe('has no ordinary use and is denied under standard', () => {
  test.each(all.filter(({ name }) => name.includes(': idiom: ')))('$name', async ({ language, source }) => {
    expect((await gate.inspect({ language, source, files: [] }, defaultPolicy)).denied).toBe(true);
  });
});

test('at least 95 % leave a violation under standard', async () => {
  const inspected = await Promise.all(
    all.map(({ language, source }) => gate.inspect({ language, source, files: [] }, defaultPolicy)),
  );
  const flagged = inspected.filter(({ violations }) => violations.length > 0).length;
  expect(flagged / all.length).toBeGreaterThanOrEqual(0.95);
});
