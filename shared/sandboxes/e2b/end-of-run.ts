import type { Limits } from '../../domain/limits.ts';
import type { Ending, SandboxReport } from '../../domain/sandbox-report.ts';
import type { RunnerConversation } from './runner-conversation.ts';
import type { RunnerReport } from './runner-frames.ts';

const hostLimits = [
  'memoryMiB',
  'cpuTimeMs',
  'wallTimeMs',
  'outputBytes',
  'processes',
  'diskMiB',
] as const satisfies readonly (keyof Limits)[];
type HostLimit = (typeof hostLimits)[number];

/** How a job ended: by the runner's word, or because the host ended the sandbox for a limit of its own. */
export type EndOfRun =
  | { kind: 'reported'; report: RunnerReport }
  | { kind: 'ended by the host'; limit: HostLimit };

/** The limit that an end event of `sandbox-host` names, as in "limit memoryMiB". */
export function hostLimitOf(error: string | undefined): HostLimit | null {
  return hostLimits.find((limit) => error === `limit ${limit}`) ?? null;
}

/** The report in the words that every backend shares. Where output was cut, that is how the program ended. */
export function toReport(
  end: EndOfRun,
  {
    conversation,
    limits,
    requestedMs,
    nowMs,
  }: { conversation: RunnerConversation; limits: Limits; requestedMs: number; nowMs: number },
): SandboxReport {
  const startedMs = conversation.startedMs() ?? nowMs;
  const said = end.kind === 'reported' ? end.report : guess(end.limit, limits, nowMs - startedMs);
  const { outputBytes, ...output } = conversation.output(said.truncated);
  const isCut = output.truncated.stdout || output.truncated.stderr;
  return {
    ...output,
    ending: isCut ? { kind: 'limited', limit: 'outputBytes' } : said.ending,
    error: isCut ? null : said.error,
    usage: { ...said.usage, outputBytes },
    sandboxStartMs: Math.max(0, Math.round((startedMs - requestedMs) * 1000) / 1000),
  };
}

/** A sandbox that was ended from outside reports nothing: what it used is what its limit says, or our clock. */
function guess(limit: HostLimit, limits: Limits, wallTimeMs: number): Omit<RunnerReport, 'artifacts'> {
  const elapsedMs = Math.round(wallTimeMs * 1000) / 1000;
  return {
    ending: toEnding(limit),
    truncated: { stdout: false, stderr: false },
    error: null,
    usage: {
      wallTimeMs: elapsedMs,
      cpuTimeMs: limit === 'cpuTimeMs' ? limits.cpuTimeMs : Math.min(elapsedMs, limits.cpuTimeMs),
      peakMemoryMiB: limit === 'memoryMiB' ? limits.memoryMiB : 0,
      outputBytes: 0,
    },
  };
}

/** Only what the runner should have refused gets as far as the host's limits on processes and disk. */
function toEnding(limit: HostLimit): Ending {
  return limit === 'processes' || limit === 'diskMiB'
    ? { kind: 'blocked', attempt: `limit ${limit}` }
    : { kind: 'limited', limit };
}
