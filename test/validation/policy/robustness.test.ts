import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import { languages } from '../../../shared/domain/program.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { pathologicalSources } from './pathological-sources.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });
/** The other grammars are given some of them. */
const all = languages.flatMap((language, offset) =>
  Object.entries(pathologicalSources)
    .filter((_, index) => language === 'python' || index % 5 === offset)
    .map(([name, make]) => ({ name, language, make })),
);

/** Half a second of computing; a machine with other work takes longer. Without limits some would take hours. */
const mostMs = 15_000;

test.each(all)('$language: $name has a verdict in time', async ({ language, make }) => {
  const source = make();
  const startedMs = performance.now();

  const { violations } = await gate.inspect({ language, source, files: [] }, defaultPolicy);

  expect(performance.now() - startedMs).toBeLessThan(mostMs);
  expect(violations.length).toBeLessThanOrEqual(50);
  for (const { snippet } of violations) expect((snippet ?? '').length).toBeLessThanOrEqual(200);
});

test('after running out of memory the next program is read as ever', async () => {
  const huge = { language: 'python' as const, source: `[${'['.repeat(990_000)}`, files: [] };
  const { violations, denied } = await gate.inspect(huge, defaultPolicy);
  expect(violations).toMatchObject([{ rule: 'too-complex', severity: 'high', line: null }]);
  expect(denied).toBe(true);

  const next = await gate.inspect(
    { language: 'python', source: 'import os\nos.kill(1, 9)\n', files: [] },
    defaultPolicy,
  );

  expect(next.violations.map(({ rule }) => rule)).toContain('py-kill-others');
});

test('ten thousand programs leave no memory behind', async () => {
  const inspectMany = async (from: number, count: number) => {
    for (let index = from; index < from + count; index += 1) {
      const source = `import os\n${`print(${index}, "text", [1, 2], {"a": os.sep})\n`.repeat(10)}`;
      await gate.inspect({ language: 'python', source, files: [] }, defaultPolicy);
    }
  };
  await inspectMany(0, 3_000);
  const before = heapMiB();

  await inspectMany(3_000, 7_000);

  // 7,000 trees of 300 nodes that stayed would be more than 200 MiB. The parser's own memory has a bound.
  expect(heapMiB() - before).toBeLessThan(50);
});

/** What is still in use. */
function heapMiB(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
