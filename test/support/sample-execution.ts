import type { Execution } from '../../shared/domain/execution.ts';
import { defaultLimits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { Completion } from '../../shared/ports/execution-store.ts';
import type { BackendResult } from '../../shared/ports/sandbox-backend.ts';

export function sampleProgram(change: Partial<Program> = {}): Program {
  return { language: 'python', source: 'print(1)', stdin: '', args: [], env: {}, files: [], ...change };
}

/** A queued execution of the tenant `acme`. */
export function sampleExecution(change: Partial<Execution> = {}): Execution {
  return {
    id: 'exe_01ARZ3NDEKTSV4RRFFQ69G5FAV',
    tenant: 'acme',
    user: null,
    status: 'queued',
    outcome: null,
    exitCode: null,
    signal: null,
    truncated: { stdout: false, stderr: false },
    error: null,
    failure: null,
    failures: [],
    artifacts: [],
    redactions: [],
    callback: null,
    language: 'python',
    backend: 'wasm',
    lane: 'wasm',
    route: ['wasm'],
    attempts: 0,
    leaseUntilMs: null,
    limits: { ...defaultLimits, wallTimeMs: 1_000 },
    usage: null,
    validationMs: 1,
    sandboxStartMs: null,
    costUsd: null,
    costReservedNanoUsd: 2_000_000,
    policyVersion: 0,
    violations: [],
    sourceSha256: 'f'.repeat(64),
    metadata: {},
    createdAt: '2026-03-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    expiresAt: '2026-03-31T00:00:00.000Z',
    ...change,
  };
}

/** The end of a run of 120.4 ms, which is charged as 121. */
export function sampleCompletion(change: Partial<Completion> = {}): Completion {
  return {
    outcome: 'succeeded',
    exitCode: 0,
    signal: null,
    truncated: { stdout: false, stderr: false },
    error: null,
    redactions: [],
    artifacts: [],
    usage: { wallTimeMs: 120.4, cpuTimeMs: 100, peakMemoryMiB: 31, outputBytes: 2 },
    sandboxStartMs: 4,
    costUsd: 0.000003,
    finishedAt: '2026-03-01T00:00:01.000Z',
    ...change,
  };
}

/** What a backend says of a `print(1)` that ran for 12 ms. */
export function sampleResult(): BackendResult {
  return {
    report: {
      ending: { kind: 'exited', exitCode: 0 },
      stdout: '1\n',
      stderr: '',
      truncated: { stdout: false, stderr: false },
      error: null,
      usage: { wallTimeMs: 12, cpuTimeMs: 9, peakMemoryMiB: 31, outputBytes: 2 },
      sandboxStartMs: 4,
    },
    artifacts: [],
  };
}
