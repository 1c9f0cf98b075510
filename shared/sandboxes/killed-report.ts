import type { Limits } from '../domain/limits.ts';
import type { SandboxReport } from '../domain/sandbox-report.ts';
import type { CollectedOutput } from './collect-output.ts';

const noOutput: CollectedOutput = {
  stdout: '',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  outputBytes: 0,
};

/**
 * The report on a program that we killed in the middle, by our own clock: nobody is left to say what it used. CPU time
 * counts as wall time, memory as nothing.
 */
export function killedReport(
  limits: Limits,
  {
    wallTimeMs,
    sandboxStartMs = 0,
    output = noOutput,
  }: { wallTimeMs: number; sandboxStartMs?: number; output?: CollectedOutput },
): SandboxReport {
  const { outputBytes, ...texts } = output;
  const elapsedMs = roundMs(wallTimeMs);
  return {
    ...texts,
    ending: { kind: 'signaled', signal: 'SIGKILL' },
    error: null,
    usage: {
      wallTimeMs: elapsedMs,
      cpuTimeMs: Math.min(elapsedMs, limits.cpuTimeMs),
      peakMemoryMiB: 0,
      outputBytes,
    },
    sandboxStartMs: roundMs(sandboxStartMs),
  };
}

function roundMs(value: number): number {
  return Math.max(0, Math.round(value * 1000) / 1000);
}
