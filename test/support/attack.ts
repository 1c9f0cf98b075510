import type { Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { Ending } from '../../shared/domain/sandbox-report.ts';

/** A hostile program as data, with the exact result that proves it contained. */
export interface Attack {
  /** Reads as a result: "os.system returns -1 and runs nothing". */
  name: string;
  program: Partial<Program> & Pick<Program, 'language' | 'source'>;
  limits?: Partial<Limits>;
  expected: {
    ending: Ending;
    /** The uncaught exception's type, or null for none. Left out: not asserted. */
    errorType?: string | null;
    stdout?: string | RegExp;
    stderr?: string | RegExp;
    truncated?: { stdout: boolean; stderr: boolean };
  };
}
