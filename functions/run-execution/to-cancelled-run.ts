import type { Execution } from '../../shared/domain/execution.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import type { CancelledRun } from '../../shared/ports/execution-store.ts';
import type { RedactionOptions } from '../../shared/redaction/redactor.ts';
import { redactResult } from './redact-result.ts';
import { toCompletion } from './to-completion.ts';

/** What a cancelled run leaves: its output until then, redacted, and what it is charged. Files are not kept. */
export function toCancelledRun(
  execution: Execution,
  report: SandboxReport,
  redaction: RedactionOptions,
  now: Date,
): CancelledRun {
  const redacted = redactResult(report, [], redaction);
  const { stdout, stderr, usage, sandboxStartMs } = redacted.report;
  const { truncated, redactions, costUsd } = toCompletion(execution, redacted, now);
  return {
    truncated,
    redactions,
    usage,
    sandboxStartMs,
    costUsd: costUsd ?? 0,
    output: { stdout, stderr },
  };
}
