import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { isOwnSample, ordinarySamples, usesNothingForbidden } from './ordinary-samples.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });
const strict = { ...defaultPolicy, profile: 'strict' } as const;
const samples = ordinarySamples();

test('there are enough of them', () => {
  expect(samples.length).toBeGreaterThanOrEqual(300);
});

test.each(samples)('standard lets it run: $name', async ({ language, source, files = [] }) => {
  const { violations, denied } = await gate.inspect({ language, source, files }, defaultPolicy);
  expect(violations.filter(({ severity }) => severity === 'high')).toEqual([]);
  expect(denied).toBe(false);
});

test('strict denies at most 5 % of those that use nothing it is there to deny', async () => {
  const own = samples.filter(isOwnSample);
  const inspected = await Promise.all(
    own.map(async ({ name, language, source, files = [] }) => ({
      name,
      ...(await gate.inspect({ language, source, files }, strict)),
    })),
  );
  const clean = inspected.filter(usesNothingForbidden);
  const denied = clean.filter((sample) => sample.denied).map(({ name }) => name);
  expect({ share: denied.length / clean.length <= 0.05, denied }).toMatchObject({ share: true });
  expect(clean.length).toBeGreaterThan(100);
});
