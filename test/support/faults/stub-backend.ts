import type { BackendName } from '../../../shared/domain/execution.ts';
import { BackendError, type SandboxBackend } from '../../../shared/ports/sandbox-backend.ts';
import { sampleResult } from '../sample-execution.ts';

const done = sampleResult();
/** What each run of a stub's program uses. */
export const usedMs = done.report.usage.wallTimeMs;

/** The backend is down: no program can have started. */
export const unavailable = () =>
  new BackendError('backend_unavailable', 'It is down.', { beforeStart: true });

export interface StubBackend extends SandboxBackend {
  /** Programs begun so far. */
  runs: number;
}

/** Runs every program to its end; `meanwhile` happens during run number `run`, and may throw what a backend throws. */
export function createStubBackend(
  name: BackendName,
  meanwhile: (run: number, executionId: string) => void | Promise<void> = () => {},
): StubBackend {
  const backend: StubBackend = {
    name,
    runs: 0,
    async run({ executionId }) {
      backend.runs += 1;
      await meanwhile(backend.runs, executionId);
      return done;
    },
  };
  return backend;
}
