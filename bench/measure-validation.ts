import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';
import type { ValidationFindings } from './validation-process.ts';

const run = promisify(execFile);
/** The oracle for ES modules is node's own parser. */
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** What validation finds, misses and takes, in a process of its own. */
export async function measureValidation(): Promise<Figure[]> {
  const { stdout } = await run(process.execPath, [...flags, 'bench/validation-process.ts'], {
    maxBuffer: 1e8,
  });
  const found = JSON.parse(stdout) as ValidationFindings;
  return [
    ...accuracy(found),
    ...falseRefusals(found),
    {
      name: 'syntax of a 100-line program, warm p50',
      measured: found.syntaxMs.p50,
      unit: 'ms',
      target: { atMost: 12 },
    },
    {
      name: 'syntax of a 100-line program, warm p99',
      measured: found.syntaxMs.p99,
      unit: 'ms',
      target: { atMost: 40 },
    },
    {
      name: 'syntax, first program of a new process',
      measured: found.firstMs,
      unit: 'ms',
      target: { atMost: 500 },
    },
    {
      name: `syntax and policy, worst of all hostile programs (${found.hostile.name})`,
      measured: found.hostile.worstMs,
      unit: 'ms',
      target: { atMost: 1_000 },
    },
  ];
}

function accuracy({ wrong }: ValidationFindings): Figure[] {
  return [
    {
      name: `wrong programs refused, of ${wrong.programs}`,
      measured: wrong.refusedPercent,
      unit: '%',
      target: { atLeast: 100 },
    },
    { name: '… at the right line', measured: wrong.linePercent, unit: '%', target: { atLeast: 95 } },
  ];
}

function falseRefusals({ right }: ValidationFindings): Figure[] {
  return right.map(({ language, files, refused }) => ({
    name: `right ${language} refused, of ${files} files installed here`,
    measured: refused.length,
    unit: 'files',
    target: { atMost: 0 },
  }));
}
