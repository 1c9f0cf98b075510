import { isDeepStrictEqual } from 'node:util';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import { diffLines } from './diff-lines.ts';
import type { Expected } from './load-examples.ts';

/** What differs from the expected result, as lines to print. Empty: nothing does. */
export function compareResult(expected: Expected, execution: ExecutionView): string[] {
  if (execution.status !== 'completed') {
    const reason = execution.failure ? `: ${execution.failure.code}, ${execution.failure.message}` : '';
    return [`status is ${execution.status}${reason}`];
  }

  const members = (['outcome', 'exitCode', 'error'] as const)
    .filter((member) => !isDeepStrictEqual(execution[member], expected[member]))
    .map((member) => `${member} is ${show(execution[member])}, expected ${show(expected[member])}`);
  const isSame = execution.stdout === expected.stdout;
  const stdout = isSame
    ? []
    : ['stdout differs (- expected, + printed):', ...diffLines(expected.stdout, execution.stdout)];
  return members.length + stdout.length === 0 ? [] : [...members, ...stdout, ...lastLines(execution.stderr)];
}

function show(value: unknown): string {
  return JSON.stringify(value);
}

/** The end of stderr, where a traceback says what went wrong. */
function lastLines(stderr: string): string[] {
  const lines = stderr.trimEnd().split('\n').slice(-5);
  return stderr.trim() === '' ? [] : ['end of stderr:', ...lines.map((line) => `  ${line}`)];
}
