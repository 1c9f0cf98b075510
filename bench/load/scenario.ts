import type { SubmitBody } from '../../scripts/cordon-client.ts';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import type { ErrorCode } from '../../shared/domain/cordon-error.ts';

/** A kind of program, how often it comes, and the one right end of it. */
export interface Program {
  name: string;
  /** Its share of all submissions is this over the sum of all. */
  weight: number;
  request: SubmitBody;
  /** An outcome, or the code that it is refused with before it costs anything. */
  expected: { outcome: ExecutionView['outcome']; stdout?: string } | { refusal: ErrorCode };
}

const python = (source: string, wallTimeMs = 10_000): SubmitBody => ({
  ...{ language: 'python', source, limits: { wallTimeMs } },
});

/** What agents send: mostly quick programs, some that compute, fail or never end, and some that mean harm. */
export const defaultScenario: readonly Program[] = [
  {
    name: 'quick',
    weight: 55,
    request: python('print(1)'),
    expected: { outcome: 'succeeded', stdout: '1\n' },
  },
  {
    name: 'quick, JavaScript',
    weight: 10,
    request: { language: 'javascript', source: 'console.log(6 * 7)' },
    expected: { outcome: 'succeeded', stdout: '42\n' },
  },
  {
    name: 'CPU',
    weight: 10,
    request: python('print(sum(i * i for i in range(100_000)))'),
    expected: { outcome: 'succeeded', stdout: '333328333350000\n' },
  },
  {
    name: 'failing',
    weight: 10,
    request: python("raise ValueError('no')"),
    expected: { outcome: 'nonzero_exit' },
  },
  {
    name: 'timing out',
    weight: 3,
    request: python('while True: pass', 300),
    expected: { outcome: 'time_limit_exceeded' },
  },
  {
    name: 'hostile, refused',
    weight: 6,
    request: python("import os\nos.system('curl http://169.254.169.254/latest/meta-data/')"),
    expected: { refusal: 'policy_denied' },
  },
  {
    name: 'hostile, contained',
    weight: 3,
    request: python("while True: print('x' * 10_000)"),
    expected: { outcome: 'output_limit_exceeded' },
  },
  {
    name: 'wrong syntax',
    weight: 3,
    request: python('print('),
    expected: { refusal: 'syntax_error' },
  },
];

/** One program, each as often as its weight says. */
export function choose(scenario: readonly Program[]): Program {
  const total = scenario.reduce((sum, { weight }) => sum + weight, 0);
  let left = Math.random() * total;
  for (const program of scenario) {
    left -= program.weight;
    if (left < 0) return program;
  }
  throw new Error('a scenario has programs');
}
