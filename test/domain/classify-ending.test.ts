import { expect, test } from '@jest/globals';
import { classifyEnding } from '../../shared/domain/classify-ending.ts';
import type { Ending } from '../../shared/domain/sandbox-report.ts';

const cases: [Ending, string, number | null, string | null][] = [
  [{ kind: 'exited', exitCode: 0 }, 'succeeded', 0, null],
  [{ kind: 'exited', exitCode: 3 }, 'nonzero_exit', 3, null],
  [{ kind: 'signaled', signal: 'SIGSEGV' }, 'signaled', null, 'SIGSEGV'],
  [{ kind: 'limited', limit: 'wallTimeMs' }, 'time_limit_exceeded', null, null],
  [{ kind: 'limited', limit: 'cpuTimeMs' }, 'time_limit_exceeded', null, null],
  [{ kind: 'limited', limit: 'memoryMiB' }, 'memory_limit_exceeded', null, null],
  [{ kind: 'limited', limit: 'outputBytes' }, 'output_limit_exceeded', null, null],
  [{ kind: 'blocked', attempt: 'import _emscripten_system' }, 'blocked', null, null],
];

test.each(cases)('the ending %j is the outcome %s', (ending, outcome, exitCode, signal) => {
  expect(classifyEnding(ending)).toEqual({ outcome, exitCode, signal });
});
