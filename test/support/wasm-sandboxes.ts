import { join } from 'node:path';
import { packageSandboxWasm } from '../../functions/sandbox-wasm/package/package-sandbox-wasm.ts';
import { createProgramRunner, type ProgramRunner } from '../../functions/sandbox-wasm/run-program.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { SandboxJob } from '../../shared/domain/sandbox-report.ts';

/** Where the build puts the sandboxes, and where tests share them. */
export const sandboxFolder = join(import.meta.dirname, '../../build/functions/sandbox-wasm');

/** A runner on real child processes, which it is up to the test to close. Builds what is missing or outdated. */
export async function startRunner(): Promise<ProgramRunner> {
  await packageSandboxWasm(sandboxFolder);
  return createProgramRunner({ directory: sandboxFolder });
}

export const generousLimits: Limits = {
  wallTimeMs: 20_000,
  cpuTimeMs: 20_000,
  memoryMiB: 256,
  outputBytes: 1_000_000,
  processes: 1,
  diskMiB: 64,
};

/** A job of `tenant` that runs Python unless the program says otherwise. */
export function jobOf(
  program: Partial<Program> & Pick<Program, 'source'>,
  { tenant = 'tenant-a', limits = {} }: { tenant?: string; limits?: Partial<Limits> } = {},
): SandboxJob {
  return {
    executionId: 'exe_test',
    tenant,
    program: { language: 'python', stdin: '', args: [], env: {}, files: [], ...program },
    limits: { ...generousLimits, ...limits },
  };
}
