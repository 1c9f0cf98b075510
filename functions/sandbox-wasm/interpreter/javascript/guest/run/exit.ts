import { host } from '../host.ts';
import { process } from '../library/process.ts';
import { mainName } from '../modules/main-file.ts';
import { writeOutput } from '../output.ts';

export interface ProgramError {
  type: string;
  message: string;
  line: number | null;
}

/** Node's exit code for a program that waits for what never comes. */
const unsettledExitCode = 13;
let isExiting = false;

/** Ends the program at once; nothing after this runs. */
export function exit(exitCode: number, error: ProgramError | null = null, isOutOfMemory = false): never {
  let code = exitCode;
  if (!isExiting) {
    isExiting = true;
    process.exitCode = exitCode;
    emitExit(exitCode);
    code = currentExitCode() ?? exitCode;
  }
  host.exit(JSON.stringify({ exitCode: code, error: error === null ? null : shorten(error), isOutOfMemory }));
  throw new Error('unreachable');
}

/** The host takes no longer report. */
function shorten({ type, message, line }: ProgramError): ProgramError {
  return { type: type.slice(0, 200), message: message.slice(0, 10_000), line };
}

export function endNormally(isUnsettled: boolean): void {
  const code = currentExitCode();
  if (!isUnsettled) exit(code ?? 0);
  if (code === undefined) {
    writeOutput('stderr', `Warning: Detected unsettled top-level await at ${mainName()}\n`);
  }
  exit(code ?? unsettledExitCode);
}

function currentExitCode(): number | undefined {
  const { exitCode } = process;
  if (exitCode === undefined || exitCode === null) return undefined;
  const code = Number(exitCode);
  return Number.isInteger(code) ? code : 0;
}

/** A listener that throws can't keep the program from ending. */
function emitExit(exitCode: number): void {
  try {
    process.emit('exit', exitCode);
  } catch {
    process.exitCode = 1;
  }
}
