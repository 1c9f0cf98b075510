import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import type { Language } from '../../../shared/domain/program.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { rules } from '../../../shared/validation/policy/rules.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });
const strict = { ...defaultPolicy, profile: 'strict' } as const;
const all = Object.entries(rules).flatMap(([language, list]) =>
  list.map((rule) => ({ ...rule, language: language as Language })),
);

async function rulesBroken(language: Language, source: string): Promise<string[]> {
  const { violations } = await gate.inspect({ language, source, files: [] }, strict);
  return violations.map(({ rule }) => rule);
}

test.each(all)('$id finds its example', async ({ id, language, denied }) => {
  expect(await rulesBroken(language, denied)).toContain(id);
});

test.each(all)('$id lets the example beside it pass', async ({ id, language, allowed }) => {
  expect(await rulesBroken(language, allowed)).not.toContain(id);
});

test('every rule has an id of its own that begins with its language', () => {
  const prefixes: Partial<Record<Language, string>> = { python: 'py-', javascript: 'js-', bash: 'sh-' };
  for (const { id, language } of all) expect(id.startsWith(prefixes[language] ?? '?')).toBe(true);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test.each(all.filter(({ severity }) => severity === 'high'))(
  '$id denies under the default policy',
  async ({ language, denied }) => {
    const inspected = await gate.inspect({ language, source: denied, files: [] }, defaultPolicy);
    expect(inspected.denied).toBe(true);
  },
);
