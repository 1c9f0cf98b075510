import type { Program, ProgramFile } from '../../domain/program.ts';
import type { ProgramError, SandboxReport } from '../../domain/sandbox-report.ts';
import type { BackendJob } from '../../ports/sandbox-backend.ts';
import { createOutputCollector } from '../collect-output.ts';
import type { TypescriptCompiler } from '../typescript/typescript-compiler.ts';

export interface RunnableProgram {
  kind: 'runnable';
  program: Program;
  /** `lines[n]` is the program's own line for line n + 1 of what runs; null where they are the same. */
  lines: number[] | null;
}

export type CompiledProgram =
  | RunnableProgram
  /** It ends before it starts, with the compiler's complaint: no sandbox is paid for. */
  | { kind: 'refused'; report: SandboxReport };

const typescriptName = /\.[mc]?ts$/;
const declarationName = /\.d\.[mc]?ts$/;

/** JavaScript for TypeScript: a sandbox's interpreter knows no types. Other languages stay as they are. */
export async function compileProgram(
  compiler: TypescriptCompiler,
  job: BackendJob,
): Promise<CompiledProgram> {
  const { program, limits } = job;
  if (program.language !== 'typescript') return { kind: 'runnable', program, lines: null };

  const main = await compiler.strip(program.source);
  if (main === null) {
    const message = 'the source is nested too deeply';
    return refuse({ type: 'SyntaxError', message, line: null }, `Uncaught SyntaxError: ${message}\n`, limits);
  }
  if (!main.isValid) {
    const { message, line } = main;
    const place = line === null ? '' : `    at main.ts:${line}:1\n`;
    return refuse({ type: 'SyntaxError', message, line }, `SyntaxError: ${message}\n${place}`, limits);
  }
  const files = await Promise.all(program.files.map((file) => compileFile(compiler, file)));
  return {
    kind: 'runnable',
    program: { ...program, language: 'javascript', source: main.code, files },
    lines: main.lines,
  };
}

/** A file that doesn't compile stays as it is: it only matters once it is imported. */
async function compileFile(compiler: TypescriptCompiler, file: ProgramFile): Promise<ProgramFile> {
  if (!typescriptName.test(file.path) || declarationName.test(file.path)) return file;
  const stripped = await compiler.strip(Buffer.from(file.content, file.encoding).toString());
  return stripped?.isValid === true ? { path: file.path, content: stripped.code, encoding: 'utf8' } : file;
}

function refuse(
  error: ProgramError,
  stderr: string,
  { outputBytes: limit }: BackendJob['limits'],
): CompiledProgram {
  const collector = createOutputCollector(limit);
  const fits = collector.add('stderr', Buffer.from(stderr));
  const { outputBytes, ...output } = collector.collected();
  const report: SandboxReport = {
    ...output,
    ending: fits ? { kind: 'exited', exitCode: 1 } : { kind: 'limited', limit: 'outputBytes' },
    error: fits ? error : null,
    usage: { wallTimeMs: 0, cpuTimeMs: 0, peakMemoryMiB: 0, outputBytes },
    sandboxStartMs: 0,
  };
  return { kind: 'refused', report };
}

/** The report with its error's line in the program's own source. */
export function withOriginalLine(report: SandboxReport, lines: number[] | null): SandboxReport {
  const { error } = report;
  if (lines === null || error === null || error.line === null) return report;
  return { ...report, error: { ...error, line: lines[error.line - 1] ?? null } };
}
