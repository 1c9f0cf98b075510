import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../../shared/domain/program.ts';
import type { ContractRun, ContractSubject } from '../backend-contract.ts';

/** Leaves traces wherever a program can, and prints "left". */
const leaving: Record<Language, string> = {
  python:
    'import os, sys, builtins\nfor path in ("/home/user/trace", "/tmp/trace"):\n  try: open(path, "w").write("trace")\n  except OSError: pass\nos.environ["TRACE"] = "1"\nbuiltins.trace = 1\nprint("left")',
  javascript:
    'const fs = require("fs"); for (const path of ["/home/user/trace", "/tmp/trace"]) try { fs.writeFileSync(path, "trace"); } catch {}\nprocess.env.TRACE = "1"; globalThis.trace = 1; Object.prototype.trace = 1; console.log("left");',
  typescript: '',
  bash: 'for f in /home/user/trace /tmp/trace; do echo trace > $f; done; export TRACE=1; echo left',
};

/** Looks for all of them, and prints what is left: nothing. */
const looking: Record<Language, string> = {
  python:
    'import os, builtins\nprint([p for p in ("/home/user/trace", "/tmp/trace") if os.path.exists(p)], os.environ.get("TRACE"), hasattr(builtins, "trace"))',
  javascript:
    'const fs = require("fs"); console.log(JSON.stringify(["/home/user/trace", "/tmp/trace"].filter((p) => fs.existsSync(p))), process.env.TRACE ?? "None", "trace" in globalThis || "trace" in {} ? "True" : "False");',
  typescript: '',
  bash: 'ls /home/user/trace /tmp/trace 2>/dev/null; echo "[] $(printenv TRACE || echo None) False"',
};

/** Nothing of one run is in another. */
export function describeIsolation({ run }: ContractRun, { languages, hasProcesses }: ContractSubject): void {
  describe('keeps runs apart', () => {
    for (const language of languages.filter((name) => name !== 'typescript')) {
      it.each([
        ['the same tenant', 'tenant-a'],
        ['another tenant', 'tenant-b'],
      ])(`${language}: a run of %s finds nothing of the one before`, async (_, tenant) => {
        const first = await run({ language, source: leaving[language] });
        const next = await run({ language, source: looking[language] }, { tenant });

        expect(first.report.stdout).toBe('left\n');
        expect(next.report.stdout).toBe('[] None False\n');
      });
    }

    it('runs at the same time get their own input and give their own output', async () => {
      const [language] = languages;
      if (language === undefined) throw new Error('a backend without a language');
      const runs = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          run(
            { language, source: echo[language], stdin: `input ${index}` },
            { tenant: index % 2 === 0 ? 'tenant-a' : 'tenant-b' },
          ),
        ),
      );

      expect(runs.map(({ report }) => report.stdout)).toEqual(runs.map((_, index) => `input ${index}`));
    });

    it('a run that is ended leaves the next one untouched', async () => {
      const [language] = languages;
      if (language === undefined) throw new Error('a backend without a language');
      await run({ language, source: endless[language] }, { limits: { wallTimeMs: 500 } });

      const { report } = await run({ language, source: echo[language], stdin: 'fine' });

      expect(report).toMatchObject({ ending: { kind: 'exited', exitCode: 0 }, stdout: 'fine' });
    });

    if (!hasProcesses) return;
    it('a program sees no process but its own, and can not be root', async () => {
      const { report } = await run({
        language: 'bash',
        source:
          'id -u; cat /run/cordon/job.json 2>&1 | head -c 80; ls /run/cordon 2>/dev/null; kill -9 1 2>/dev/null; echo "still $?"',
      });

      expect(report.stdout).toMatch(/^1000\n[^\n]*(?:denied|No such file)[^\n]*\n?still 1\n$/);
    });
  });
}

const echo: Record<Language, string> = {
  python: 'import sys\nprint(sys.stdin.read(), end="")',
  javascript: 'process.stdout.write(require("fs").readFileSync(0, "utf8"));',
  typescript: 'process.stdout.write(require("fs").readFileSync(0, "utf8"));',
  bash: 'cat',
};

const endless: Record<Language, string> = {
  python: 'while True: pass',
  javascript: 'for (;;);',
  typescript: 'for (;;);',
  bash: 'while :; do :; done',
};
