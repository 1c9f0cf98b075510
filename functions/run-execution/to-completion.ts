import { classifyEnding } from '../../shared/domain/classify-ending.ts';
import { sandboxCostUsd } from '../../shared/domain/cost.ts';
import type { Execution } from '../../shared/domain/execution.ts';
import type { Completion } from '../../shared/ports/execution-store.ts';
import type { RedactedResult } from './redact-result.ts';

/** What a sandbox's report means for the execution. Takes only what is redacted. */
export function toCompletion(
  execution: Execution,
  { report, artifacts, redactions }: RedactedResult,
  now: Date,
): Completion {
  return {
    ...classifyEnding(report.ending),
    truncated: report.truncated,
    error: report.error,
    artifacts: artifacts.map(({ content: _content, ...artifact }) => artifact),
    redactions,
    usage: report.usage,
    sandboxStartMs: report.sandboxStartMs,
    costUsd: sandboxCostUsd(execution.backend, report.usage, report.sandboxStartMs),
    finishedAt: now.toISOString(),
  };
}
