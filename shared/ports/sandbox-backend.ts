import type { BackendName, FailureCode } from '../domain/execution.ts';
import type { SandboxJob, SandboxReport } from '../domain/sandbox-report.ts';

/** Where programs run. Every backend passes the same contract suite. */
export interface SandboxBackend {
  name: BackendName;
  /**
   * Runs one job in a sandbox of its own and waits for the end. Whatever the program does is in the report;
   * throws only {@link BackendError}, for failures of ours.
   */
  run(job: SandboxJob): Promise<SandboxReport>;
}

/** The backend failed, not the program: the execution may be tried again. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly failure: FailureCode;

  constructor(failure: FailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}
