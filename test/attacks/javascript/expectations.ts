import type { Limits } from '../../../shared/domain/limits.ts';
import type { Program } from '../../../shared/domain/program.ts';
import type { Attack } from '../../support/attack.ts';

export type Expected = Omit<Attack['expected'], 'ending'> & Partial<Pick<Attack['expected'], 'ending'>>;

/** A JavaScript attack. One whose ending isn't named is expected to end well and raise nothing. */
export function javascript(
  name: string,
  source: string,
  expected: Expected,
  limits?: Partial<Limits>,
): Attack {
  return attack(name, { language: 'javascript', source }, expected, limits);
}

/** The same in TypeScript. */
export function typescript(
  name: string,
  source: string,
  expected: Expected,
  limits?: Partial<Limits>,
): Attack {
  return attack(name, { language: 'typescript', source }, expected, limits);
}

/** The same attack with what else a program is given. */
export function given(input: Partial<Program>, base: Attack): Attack {
  return { ...base, program: { ...base.program, ...input } };
}

/** Ends by this exception, whose text is on stderr. */
export function throws(errorType: string, message?: string | RegExp): Expected {
  const stderr = typeof message === 'string' ? new RegExp(escapePattern(message)) : message;
  return {
    ending: { kind: 'exited', exitCode: 1 },
    errorType,
    ...(stderr === undefined ? {} : { stderr }),
  };
}

export function limited(limit: 'wallTimeMs' | 'cpuTimeMs' | 'memoryMiB' | 'outputBytes'): Expected {
  return { ending: { kind: 'limited', limit } };
}

/** Ends by itself with this code and no exception. */
export function exits(exitCode: number): Expected {
  return { ending: { kind: 'exited', exitCode }, errorType: null };
}

function attack(
  name: string,
  program: Attack['program'],
  expected: Expected,
  limits: Partial<Limits> | undefined,
): Attack {
  return {
    name,
    program,
    ...(limits === undefined ? {} : { limits }),
    expected: { ...(expected.ending === undefined ? exits(0) : {}), ...expected } as Attack['expected'],
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
