import { unreachable } from '../../shared/domain/cordon-error.ts';
import type { Language } from '../../shared/domain/program.ts';
import type { SandboxJob, SandboxReport } from '../../shared/domain/sandbox-report.ts';
import { type Isolation, probeIsolation } from './supervisor/isolation.ts';
import { createSandboxPool, type SandboxPool } from './supervisor/sandbox-pool.ts';
import type { ChildKind } from './supervisor/start-child.ts';

export { SandboxLost } from './supervisor/sandbox-lost.ts';

export interface ProgramRunner {
  /** What holds the sandboxes on this machine, to be logged. */
  readonly isolation: Isolation;
  /**
   * Runs one program in a process that has never served another tenant. Jobs may overlap.
   * Rejects with SandboxLost when the sandbox ends through no fault of the program.
   */
  run(job: SandboxJob): Promise<SandboxReport>;
  /** Starts a sandbox ahead of need. */
  warm(language: Language): void;
  /** Kills every sandbox and waits for them to be gone. */
  close(): Promise<void>;
}

/** Runs programs in child processes that are started from the folder that `packageSandboxWasm` made. */
export function createProgramRunner({ directory }: { directory: string }): ProgramRunner {
  const command = probeIsolation();
  const pools: Record<ChildKind, SandboxPool> = {
    python: createSandboxPool('python', directory, command),
    javascript: createSandboxPool('javascript', directory, command),
  };
  return {
    isolation: command.isolation,
    run: async (job) => pools[childKindOf(job.program.language)].run(job),
    warm: (language) => pools[childKindOf(language)].warm(),
    async close() {
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
    },
  };
}

function childKindOf(language: Language): ChildKind {
  switch (language) {
    case 'python':
      return 'python';
    case 'javascript':
    case 'typescript':
      return 'javascript';
    case 'bash':
      throw new Error('the wasm sandbox has no bash');
    default:
      return unreachable(language);
  }
}
