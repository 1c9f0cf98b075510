import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProgramRunner } from '../../functions/sandbox-wasm/run-program.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import { type Attack, escapePattern } from '../support/attack.ts';
import { jobOf, startRunner } from '../support/wasm-sandboxes.ts';
import { type Canary, canaries } from './canaries.ts';
import { javascriptAttacks } from './javascript.ts';
import { pythonAttacks } from './python.ts';

let runner: ProgramRunner;

beforeAll(async () => {
  runner = await startRunner();
});

afterAll(() => runner.close());

const suites: { language: string; attacks: Attack[]; canary: Canary }[] = [
  { language: 'Python', attacks: pythonAttacks, canary: canaries.python },
  { language: 'JavaScript', attacks: javascriptAttacks, canary: canaries.javascript },
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

      expectResult(report, expected);
      expect(seen(next)).toEqual(seen(untouched));
    });
  });
}

function expectResult(report: SandboxReport, expected: Attack['expected']): void {
  expect(report.ending).toEqual(expected.ending);
  if (expected.errorType !== undefined) expect(report.error?.type ?? null).toBe(expected.errorType);
  if (expected.stdout !== undefined) expect(report.stdout).toMatch(whole(expected.stdout));
  if (expected.stderr !== undefined) expect(report.stderr).toMatch(whole(expected.stderr));
  if (expected.truncated !== undefined) expect(report.truncated).toEqual(expected.truncated);
}

/** A text stands for itself from start to end, a pattern for what it matches. */
function whole(expected: string | RegExp): RegExp {
  if (expected instanceof RegExp) return expected;
  return new RegExp(`^${escapePattern(expected)}$`);
}

/** What a program can tell: all but what it cost. */
function seen({ ending, stdout, stderr, truncated, error }: SandboxReport) {
  return { ending, stdout, stderr, truncated, error };
}
