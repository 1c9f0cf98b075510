import { defaultPolicy } from '../shared/domain/policy.ts';
import { type Language, languages } from '../shared/domain/program.ts';
import { readWasmFromPackages } from '../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../shared/validation/policy/program-gate.ts';
import { createSyntaxChecker } from '../shared/validation/syntax/syntax-checker.ts';
import { rightFiles } from '../test/support/source-corpora.ts';
import { pathologicalSources } from '../test/validation/policy/pathological-sources.ts';
import { hostilePrograms } from '../test/validation/syntax/hostile-programs.ts';
import { wrongPrograms } from '../test/validation/syntax/wrong/wrong-programs.ts';
import { round, type Summary, summarize, timeEach } from './statistics.ts';

/** What measure-validation.ts reads: one JSON document on stdout. */
export interface ValidationFindings {
  wrong: { programs: number; refusedPercent: number; linePercent: number };
  right: { language: Language; files: number; refused: string[] }[];
  syntaxMs: Summary;
  firstMs: number;
  hostile: { name: string; worstMs: number };
}

const checker = createSyntaxChecker();
const hundredLines =
  'def double(values):\n    return [value * 2 for value in values]\n\nprint(double([1, 2]))\n'.repeat(25);

const firstMs = await timeCheck('python', hundredLines);
const findings: ValidationFindings = {
  firstMs: round(firstMs),
  syntaxMs: summarize(await timeEach(1_000, async () => void (await timeCheck('python', hundredLines)))),
  wrong: await checkWrong(),
  right: await checkRight(),
  hostile: await checkHostile(),
};
console.log(JSON.stringify(findings));
await checker.close();

async function timeCheck(language: Language, source: string): Promise<number> {
  const startedMs = performance.now();
  await checker.check({ language, source });
  return performance.now() - startedMs;
}

async function checkWrong(): Promise<ValidationFindings['wrong']> {
  let [programs, refused, atLine] = [0, 0, 0];
  for (const language of languages) {
    for (const { source, line } of wrongPrograms[language]) {
      const [first] = await checker.check({ language, source });
      programs += 1;
      refused += first === undefined ? 0 : 1;
      atLine += first?.line === line ? 1 : 0;
    }
  }
  const percent = (count: number) => round((100 * count) / programs);
  return { programs, refusedPercent: percent(refused), linePercent: percent(atLine) };
}

async function checkRight(): Promise<ValidationFindings['right']> {
  const right: ValidationFindings['right'] = [];
  for (const language of languages) {
    const files = rightFiles(language);
    const refused: string[] = [];
    for (const { path, source } of files) {
      if ((await checker.check({ language, source })).length > 0) refused.push(path);
    }
    right.push({ language, files: files.length, refused });
  }
  return right;
}

/** All that a request goes through: who passes the parser is looked at by the policy. */
async function checkHostile(): Promise<ValidationFindings['hostile']> {
  const gate = createProgramGate({ readWasm: readWasmFromPackages });
  let worst = { name: '', worstMs: 0 };
  for (const language of languages) {
    await Promise.all([checker.prepare(language), gate.prepare(language)]);
    for (const [name, source] of hostileSources(language)) {
      const startedMs = performance.now();
      const faults = await checker.check({ language, source });
      if (faults.length === 0) await gate.inspect({ language, source, files: [] }, defaultPolicy);
      const worstMs = round(performance.now() - startedMs);
      if (worstMs > worst.worstMs) worst = { name: `${language}: ${name}`, worstMs };
    }
  }
  return worst;
}

function hostileSources(language: Language): [string, string][] {
  const made = Object.entries(pathologicalSources).map(([name, make]): [string, string] => [name, make()]);
  return [...Object.entries(hostilePrograms[language]), ...made];
}
