import type { BackendName } from '../../../shared/domain/execution.ts';
import {
  BackendError,
  type BackendResult,
  type SandboxBackend,
} from '../../../shared/ports/sandbox-backend.ts';

/** What each run of a stub's program uses. */
export const usedMs = 12;

const done: BackendResult = {
  report: {
    ending: { kind: 'exited', exitCode: 0 },
    stdout: '1\n',
    stderr: '',
    truncated: { stdout: false, stderr: false },
    error: null,
    usage: { wallTimeMs: usedMs, cpuTimeMs: 9, peakMemoryMiB: 31, outputBytes: 2 },
    sandboxStartMs: 4,
  },
  artifacts: [],
};

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
