import type { Limits } from '../../../shared/domain/limits.ts';
import type { Ending, SandboxReport } from '../../../shared/domain/sandbox-report.ts';
import { createOutputCollector, type OutputStream } from '../../../shared/sandboxes/collect-output.ts';
import type { Finished } from '../protocol.ts';
import { cpuTimeMsOf, residentMiBOf } from './process-stats.ts';
import { SandboxLost } from './sandbox-lost.ts';

type SupervisedLimit = 'wallTimeMs' | 'cpuTimeMs' | 'outputBytes';

/** One job on its way through a child: what the child says goes in, one report comes out. */
export interface ActiveRun {
  /** Rejects with {@link SandboxLost}. */
  readonly report: Promise<SandboxReport>;
  started(): void;
  output(stream: OutputStream, chunk: Uint8Array): void;
  finished(message: Finished): void;
  /** The process is gone and its pipes are empty. */
  childEnded(): void;
}

const cpuPollMs = 20;

/**
 * Enforces wall time, CPU time and output from outside, where no program can interfere: the first limit that is
 * reached kills the child, and the report is made once its pipes have run dry.
 */
export function createActiveRun({
  pid,
  limits,
  requestedMs,
  kill,
}: {
  pid: number;
  limits: Limits;
  requestedMs: number;
  kill: () => void;
}): ActiveRun {
  const { promise: report, resolve, reject } = Promise.withResolvers<SandboxReport>();
  const collector = createOutputCollector(limits.outputBytes);
  let startedMs: number | null = null;
  let cpuAtStartMs = 0;
  let exceeded: {
    limit: SupervisedLimit;
    wallTimeMs: number;
    cpuTimeMs: number;
    residentMiB: number;
  } | null = null;
  let end: Finished | null = null;
  let wallTimer: NodeJS.Timeout | undefined;
  let cpuTimer: NodeJS.Timeout | undefined;

  function exceed(limit: SupervisedLimit): void {
    if (exceeded !== null || end !== null) return;
    stopTimers();
    const wallTimeMs = startedMs === null ? 0 : performance.now() - startedMs;
    exceeded = {
      limit,
      wallTimeMs,
      cpuTimeMs: cpuUsedMs() ?? wallTimeMs,
      residentMiB: residentMiBOf(pid) ?? 0,
    };
    kill();
  }

  function cpuUsedMs(): number | null {
    const total = cpuTimeMsOf(pid);
    return total === null ? null : Math.max(0, total - cpuAtStartMs);
  }

  function stopTimers(): void {
    clearTimeout(wallTimer);
    clearInterval(cpuTimer);
  }

  /** The end may overtake the output: they come through different pipes. */
  function reportIfComplete(): void {
    if (end === null) return;
    const isComplete =
      collector.received('stdout') >= end.stdoutBytes && collector.received('stderr') >= end.stderrBytes;
    if (isComplete) resolve(toReport(end.ending, end));
  }

  function toReport(
    ending: Ending,
    usage: { wallTimeMs: number; cpuTimeMs: number; peakMemoryMiB: number; error: SandboxReport['error'] },
  ): SandboxReport {
    stopTimers();
    const { outputBytes, ...output } = collector.collected();
    const isCut = output.truncated.stdout || output.truncated.stderr;
    return {
      ...output,
      ending: isCut ? { kind: 'limited', limit: 'outputBytes' } : ending,
      error: isCut ? null : usage.error,
      usage: {
        wallTimeMs: roundMs(usage.wallTimeMs),
        cpuTimeMs: roundMs(usage.cpuTimeMs),
        peakMemoryMiB: usage.peakMemoryMiB,
        outputBytes,
      },
      sandboxStartMs: roundMs((startedMs ?? requestedMs) - requestedMs),
    };
  }

  return {
    report,
    started() {
      startedMs = performance.now();
      cpuAtStartMs = cpuTimeMsOf(pid) ?? 0;
      // Node's timers may fire up to a millisecond early: the whole limit is the program's.
      wallTimer = setTimeout(() => exceed('wallTimeMs'), limits.wallTimeMs + 1);
      cpuTimer = setInterval(() => {
        // Where CPU time can't be seen, wall time stands for it: it is never less for a one-threaded program.
        const used = cpuUsedMs() ?? performance.now() - (startedMs ?? 0);
        if (used > limits.cpuTimeMs) exceed('cpuTimeMs');
      }, cpuPollMs);
    },
    output(stream, chunk) {
      const fits = collector.add(stream, chunk);
      if (!fits) exceed('outputBytes');
      reportIfComplete();
    },
    finished(message) {
      stopTimers();
      if (exceeded !== null) return;
      end = message;
      reportIfComplete();
    },
    childEnded() {
      stopTimers();
      if (exceeded !== null) {
        const { limit, wallTimeMs, cpuTimeMs, residentMiB } = exceeded;
        const usage = { wallTimeMs, cpuTimeMs, peakMemoryMiB: residentMiB, error: null };
        resolve(toReport({ kind: 'limited', limit }, usage));
      } else {
        reject(new SandboxLost('the sandbox ended without a result', { hasStarted: startedMs !== null }));
      }
    },
  };
}

function roundMs(value: number): number {
  return Math.round(value * 1000) / 1000;
}
