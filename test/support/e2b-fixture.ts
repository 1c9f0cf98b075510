import type { Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import type { BackendJob } from '../../shared/ports/sandbox-backend.ts';
import {
  createE2bBackend,
  type E2bBackend,
  type E2bBackendOptions,
} from '../../shared/sandboxes/e2b/e2b-backend.ts';
import type { Incident } from '../../shared/sandboxes/e2b/incident.ts';
import { defaultPatience, type Patience } from '../../shared/sandboxes/e2b/patience.ts';

/** For tests of a step that never ends: short enough to wait for, long enough for a busy machine. */
export const shortPatience: Patience = {
  ...defaultPatience,
  createMs: 1_000,
  prepareMs: 1_000,
  graceMs: 800,
  collectMs: 1_000,
  killMs: 1_000,
};

export const templates = {
  python: 'python',
  'python-data': 'python-data',
  javascript: 'javascript',
  bash: 'bash',
};

/** The adapter at a server of ours, with what it told the operator. */
export function backendAt(
  url: string,
  options: Partial<E2bBackendOptions> = {},
): { backend: E2bBackend; incidents: Incident[] } {
  const incidents: Incident[] = [];
  const backend = createE2bBackend({
    name: 'e2b',
    connection: { apiKey: 'key-of-the-test', apiUrl: url, sandboxUrl: url },
    runner: { kind: 'installed' },
    templates,
    deployment: 'test',
    rate: null,
    observe: (incident) => incidents.push(incident),
    ...options,
  });
  return { backend, incidents };
}

export const shortLimits: Limits = {
  wallTimeMs: 200,
  cpuTimeMs: 200,
  memoryMiB: 64,
  outputBytes: 1_000,
  processes: 4,
  diskMiB: 4,
};

export function backendJob(
  program: Partial<Program> = {},
  { limits = {}, artifacts = [] }: { limits?: Partial<Limits>; artifacts?: string[] } = {},
): BackendJob {
  return {
    executionId: 'exe_1',
    tenant: 'tenant-a',
    program: { language: 'python', source: 'print(42)', stdin: '', args: [], env: {}, files: [], ...program },
    limits: { ...shortLimits, ...limits },
    artifacts,
  };
}
