import type { Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { Ending } from '../../shared/domain/sandbox-report.ts';

/** An innocent program that shows what an attack before it left behind. */
export type Canary = Pick<Program, 'language' | 'source' | 'stdin'>;

/** A hostile program as data, with the exact result that proves it contained. */
export interface Attack {
  /** Reads as a result: "os.system returns -1 and runs nothing". */
  name: string;
  program: Partial<Program> & Pick<Program, 'language' | 'source'>;
  limits?: Partial<Limits>;
  /** Globs of files that the program leaves. */
  artifacts?: string[];
  expected: {
    ending: Ending;
    /** The uncaught exception's type, or null for none. Left out: not asserted. */
    errorType?: string | null;
    stdout?: string | RegExp;
    stderr?: string | RegExp;
    truncated?: { stdout: boolean; stderr: boolean };
    /** Each artifact's path with its content. */
    artifacts?: Record<string, string>;
  };
  /** What is expected instead where programs are processes of a kernel, and not of an interpreter in WebAssembly. */
  expectedOnProcesses?: Attack['expected'];
}

/** Without an ending: ends well and raises nothing. */
export type Expected = Omit<Attack['expected'], 'ending'> & Partial<Pick<Attack['expected'], 'ending'>>;

type AttackIn = (name: string, source: string, expected: Expected, limits?: Partial<Limits>) => Attack;

export const python = attackIn('python');
export const javascript = attackIn('javascript');
export const typescript = attackIn('typescript');
export const bash = attackIn('bash');

function attackIn(language: Program['language']): AttackIn {
  return (name, source, { ending, ...rest }, limits) => ({
    name,
    program: { language, source },
    ...(limits !== undefined && { limits }),
    expected: ending === undefined ? { ...exits(0), ...rest } : { ending, ...rest },
  });
}

/** The same attack with what else a program is given. */
export function given(input: Partial<Program>, base: Attack): Attack {
  return { ...base, program: { ...base.program, ...input } };
}

/** The same attack, whose program leaves files that somebody wants. */
export function collecting(artifacts: string[], base: Attack): Attack {
  return { ...base, artifacts };
}

/** The same attack, whose end differs where programs are real processes. */
export function onProcesses(expectedOnProcesses: Attack['expected'], base: Attack): Attack {
  return { ...base, expectedOnProcesses };
}

/** Ends by this exception, whose text is on stderr. */
export function throws(errorType: string, message?: string | RegExp): Attack['expected'] {
  const stderr = typeof message === 'string' ? new RegExp(escapePattern(message)) : message;
  return {
    ending: { kind: 'exited', exitCode: 1 },
    errorType,
    ...(stderr !== undefined && { stderr }),
  };
}

export function limited(limit: 'wallTimeMs' | 'cpuTimeMs' | 'memoryMiB' | 'outputBytes'): Attack['expected'] {
  return { ending: { kind: 'limited', limit } };
}

/** Ended at the limit of its output, of which this much of one stream is left. */
export function flooded(stream: 'stdout' | 'stderr', kept: string | RegExp): Attack['expected'] {
  const truncated = { stdout: stream === 'stdout', stderr: stream === 'stderr' };
  return { ...limited('outputBytes'), [stream]: kept, truncated };
}

/** The interpreter crashed, as a native one would by this signal. */
export function signaled(signal: string): Attack['expected'] {
  return { ending: { kind: 'signaled', signal } };
}

/** Ends by itself with this code and no exception. */
export function exits(exitCode: number): Attack['expected'] {
  return { ending: { kind: 'exited', exitCode }, errorType: null };
}

/** A pattern for the text as it stands. */
function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
