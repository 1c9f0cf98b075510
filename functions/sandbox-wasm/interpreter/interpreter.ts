import type { Limits } from '../../../shared/domain/limits.ts';
import type { Program } from '../../../shared/domain/program.ts';
import type { Ending, ProgramError } from '../../../shared/domain/sandbox-report.ts';
import type { OutputStream } from '../../../shared/sandboxes/collect-output.ts';

/** Takes output as the program produces it, so that a killed program's output so far is kept. */
export type WriteOutput = (stream: OutputStream, bytes: Uint8Array) => void;

/** How the interpreter saw a run end. Wall time, CPU time and output bytes are the supervisor's to judge. */
export interface RunEnd {
  ending: Ending;
  error: ProgramError | null;
  peakMemoryMiB: number;
}

/**
 * A WebAssembly interpreter inside the sandbox's child process.
 * `run` enforces memory and disk limits itself; the supervisor outside kills for wall time, CPU time and output.
 */
export interface Interpreter {
  run(program: Program, limits: Limits, write: WriteOutput): Promise<RunEnd>;
  /** Wipes every trace of the last run. False: it can't be trusted any more and the process must die. */
  reset(): boolean;
}
