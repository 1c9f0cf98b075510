import type { Limits } from '../../../shared/domain/limits.ts';
import type { Attack } from '../../support/attack.ts';

export type Expected = Omit<Attack['expected'], 'ending'> & Partial<Pick<Attack['expected'], 'ending'>>;

/** A Python attack. One whose ending isn't named is expected to end well and raise nothing. */
export function python(name: string, source: string, expected: Expected, limits?: Partial<Limits>): Attack {
  const endsWell = { ending: { kind: 'exited', exitCode: 0 }, errorType: null } as const;
  return {
    name,
    program: { language: 'python', source },
    ...(limits === undefined ? {} : { limits }),
    expected: { ...(expected.ending === undefined ? endsWell : {}), ...expected } as Attack['expected'],
  };
}

/** Ends by this exception, whose text is at the end of the traceback. */
export function raises(errorType: string, message?: string | RegExp): Expected {
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

/** The interpreter crashed, as a native one would by this signal. */
export function signaled(signal: string): Expected {
  return { ending: { kind: 'signaled', signal } };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
