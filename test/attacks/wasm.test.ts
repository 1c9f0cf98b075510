import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProgramRunner } from '../../functions/sandbox-wasm/run-program.ts';
import type { Language } from '../../shared/domain/program.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import type { Attack, Canary } from '../support/attack.ts';
import { expectContained, seen } from '../support/expect-contained.ts';
import { jobOf, startRunner } from '../support/wasm-sandboxes.ts';
import { anywhereAttacks } from './anywhere.ts';
import { canaries } from './wasm/canaries.ts';
import { javascriptAttacks } from './wasm/javascript.ts';
import { pythonAttacks } from './wasm/python.ts';

let runner: ProgramRunner;

beforeAll(async () => {
  runner = await startRunner();
});

afterAll(() => runner.close());

const anywhere = Object.values(anywhereAttacks).flat();
const anywhereIn = (language: Language) => anywhere.filter(({ program }) => program.language === language);

const suites: { language: string; attacks: Attack[]; canary: Canary }[] = [
  { language: 'Python', attacks: [...pythonAttacks, ...anywhereIn('python')], canary: canaries.python },
  {
    language: 'JavaScript',
    attacks: [...javascriptAttacks, ...anywhereIn('javascript')],
    canary: canaries.javascript,
  },
];

for (const { language, attacks, canary } of suites) {
  describe(language, () => {
    let untouched: SandboxReport;

    beforeAll(async () => {
      untouched = await runner.run(jobOf(canary, { tenant: 'nobody-attacks' }));
      expect(untouched.ending).toEqual({ kind: 'exited', exitCode: 0 });
    });

    it.each(attacks)('$name', async ({ program, limits, expected }) => {
      const report = await runner.run(jobOf(program, limits === undefined ? {} : { limits }));
      const next = await runner.run(jobOf(canary));

      expectContained(report, expected);
      expect(seen(next)).toEqual(seen(untouched));
    });
  });
}
