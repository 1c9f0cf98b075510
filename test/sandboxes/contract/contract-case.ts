import type { Limits, Usage } from '../../../shared/domain/limits.ts';
import type { Language, Program } from '../../../shared/domain/program.ts';
import type { SandboxReport } from '../../../shared/domain/sandbox-report.ts';

/** The same program in several languages, and the one result that every backend must give for it. */
export interface ContractCase {
  /** Reads as a result: "an exit code is kept". */
  name: string;
  sources: Partial<Record<Language, string>>;
  input?: Partial<Program>;
  limits?: Partial<Limits>;
  /** What must be in the report, as `toMatchObject` compares; may hold jest's asymmetric matchers. */
  expected: { [Key in keyof SandboxReport]?: unknown };
  /** The least that it must have used. */
  uses?: Partial<Usage>;
  /** Only where programs can start processes and send signals. */
  needsProcesses?: boolean;
}

export const exited = (exitCode: number) => ({ kind: 'exited', exitCode });
export const limited = (limit: string) => ({ kind: 'limited', limit });
/** JavaScript is TypeScript too. */
export const inBoth = (source: string) => ({ javascript: source, typescript: source });
