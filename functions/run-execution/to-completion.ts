import { classifyEnding } from '../../shared/domain/classify-ending.ts';
import { sandboxCostUsd } from '../../shared/domain/cost.ts';
import type { Artifact, Execution } from '../../shared/domain/execution.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import type { Completion } from '../../shared/ports/execution-store.ts';

/** What a sandbox's report means for the execution. */
export function toCompletion(
  execution: Execution,
  report: SandboxReport,
  artifacts: Artifact[],
  now: Date,
): Completion {
  return {
    ...classifyEnding(report.ending),
    truncated: report.truncated,
    error: report.error,
    artifacts,
    usage: report.usage,
    sandboxStartMs: report.sandboxStartMs,
    costUsd: sandboxCostUsd(execution.backend, report.usage, report.sandboxStartMs),
    finishedAt: now.toISOString(),
  };
}
