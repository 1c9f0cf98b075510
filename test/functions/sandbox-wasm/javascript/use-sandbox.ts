import { afterAll, beforeAll } from '@jest/globals';
import type { ProgramRunner } from '../../../../functions/sandbox-wasm/run-program.ts';
import type { Limits } from '../../../../shared/domain/limits.ts';
import type { Program, ProgramFile } from '../../../../shared/domain/program.ts';
import type { SandboxReport } from '../../../../shared/domain/sandbox-report.ts';
import { jobOf, startRunner } from '../../../support/wasm-sandboxes.ts';

export type RunProgram = (
  source: string,
  input?: Partial<Program>,
  limits?: Partial<Limits>,
) => Promise<SandboxReport>;

/** Sandboxes for the tests of a file, and a function that runs JavaScript in them. */
export function useSandbox(): RunProgram {
  let runner: ProgramRunner;
  beforeAll(async () => {
    runner = await startRunner();
  });
  afterAll(() => runner.close());
  return (source, input = {}, limits = {}) =>
    runner.run(jobOf({ language: 'javascript', source, ...input }, { limits }));
}

export function textFile(path: string, content: string): ProgramFile {
  return { path, content, encoding: 'utf8' };
}
