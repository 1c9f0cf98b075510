import type { BackendName, FailureCode } from '../domain/execution.ts';
import type { SandboxJob, SandboxReport } from '../domain/sandbox-report.ts';

/** A job, and which of the files that the program leaves are wanted: globs relative to its working directory. */
export interface BackendJob extends SandboxJob {
  artifacts: readonly string[];
}

/** A file that the program left. `path` is relative to its working directory. */
export interface CollectedArtifact {
  path: string;
  content: Uint8Array;
}

export interface BackendResult {
  report: SandboxReport;
  artifacts: CollectedArtifact[];
}

/** Where programs run. Every backend passes the same contract suite. */
export interface SandboxBackend {
  name: BackendName;
  /**
   * Runs one job in a sandbox of its own and waits for the end. Whatever the program does is in the report;
   * throws only {@link BackendError}, for failures of ours, and {@link RunAborted} when `signal` was aborted before there
   * was a result. The sandbox is gone, or on its way out, either way.
   */
  run(job: BackendJob, signal?: AbortSignal): Promise<BackendResult>;
}

/** The run was ended because its signal said so, and the sandbox with it. */
export class RunAborted extends Error {
  override readonly name = 'RunAborted';
  /** What there was until then, as of a program that was killed; null when it can't have started. */
  readonly report: SandboxReport | null;

  constructor(report: SandboxReport | null) {
    super('the run was aborted');
    this.report = report;
  }
}

/** The backend failed, not the program. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly failure: FailureCode;
  /** Whether no instruction of the program can have run: only then may another lane take the execution. */
  readonly beforeStart: boolean;
  /** When the backend itself asked to be left alone for so long. */
  readonly retryAfterSeconds: number | null;

  constructor(
    failure: FailureCode,
    message: string,
    {
      beforeStart,
      retryAfterSeconds = null,
      cause,
    }: { beforeStart: boolean; retryAfterSeconds?: number | null; cause?: unknown },
  ) {
    super(message, { cause });
    this.failure = failure;
    this.beforeStart = beforeStart;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
