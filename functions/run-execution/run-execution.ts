import { classifyEnding } from '../../shared/domain/classify-ending.ts';
import { unreachable } from '../../shared/domain/cordon-error.ts';
import { sandboxCostUsd } from '../../shared/domain/cost.ts';
import type { Execution, Failure } from '../../shared/domain/execution.ts';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import { maxAttempts, retryDelaySeconds } from '../../shared/domain/timing.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Claim, Completion, ExecutionStore } from '../../shared/ports/execution-store.ts';
import { BackendError, type SandboxBackend } from '../../shared/ports/sandbox-backend.ts';

export interface RunPorts {
  store: ExecutionStore;
  backend: SandboxBackend;
  clock: Clock;
}

/** What became of a delivered execution; `again` wants it delivered once more, after a pause. */
export type RunResult =
  | { kind: 'completed'; execution: Execution; completion: Completion }
  | { kind: 'failed'; execution: Execution; failure: Failure }
  | { kind: 'again'; afterSeconds: number; reason: string }
  | { kind: 'nothing_to_do'; reason: string };

/**
 * Makes one attempt at an execution: claim, run, store. At-least-once delivery is safe: only one attempt at a
 * time holds the lease, and only the latest can write.
 */
export async function runExecution(ports: RunPorts, executionId: string): Promise<RunResult> {
  const claim = await ports.store.claim(executionId, ports.clock());
  if (claim.kind !== 'claimed') return declineClaim(ports, claim);

  const { execution, program } = claim;
  const { id, tenant, limits } = execution;
  let report: SandboxReport;
  try {
    ({ report } = await ports.backend.run({ executionId: id, tenant, program, limits, artifacts: [] }));
  } catch (error) {
    return giveBack(ports, execution, toFailure(error));
  }
  const completion = toCompletion(execution, report, ports.clock());
  const output = { stdout: report.stdout, stderr: report.stderr };
  const isStored = await ports.store.complete(execution, completion, output);
  return isStored
    ? { kind: 'completed', execution, completion }
    : { kind: 'nothing_to_do', reason: 'stale attempt' };
}

async function declineClaim(ports: RunPorts, claim: Exclude<Claim, { kind: 'claimed' }>): Promise<RunResult> {
  switch (claim.kind) {
    case 'over':
      return { kind: 'nothing_to_do', reason: 'already over' };
    case 'unknown':
      return { kind: 'nothing_to_do', reason: 'withdrawn or expired' };
    case 'held': {
      const leftMs = claim.until.getTime() - ports.clock().getTime();
      return { kind: 'again', afterSeconds: Math.max(1, Math.ceil(leftMs / 1000)), reason: 'lease is held' };
    }
    case 'exhausted':
      return fail(ports, claim.execution, claim.execution.failure ?? lostTooOften);
    default:
      return unreachable(claim);
  }
}

const lostTooOften: Failure = { code: 'sandbox_lost', message: 'Every attempt was lost before it ended.' };

/** A failure of ours: queued for another attempt, or failed after the last. */
async function giveBack(ports: RunPorts, execution: Execution, failure: Failure): Promise<RunResult> {
  if (execution.attempts >= maxAttempts) return fail(ports, execution, failure);
  const isQueued = await ports.store.requeue(execution, failure);
  if (!isQueued) return { kind: 'nothing_to_do', reason: 'stale attempt' };
  return { kind: 'again', afterSeconds: retryDelaySeconds(execution.attempts), reason: failure.message };
}

async function fail(ports: RunPorts, execution: Execution, failure: Failure): Promise<RunResult> {
  const isStored = await ports.store.fail(execution, failure, ports.clock());
  return isStored
    ? { kind: 'failed', execution, failure }
    : { kind: 'nothing_to_do', reason: 'stale attempt' };
}

function toFailure(error: unknown): Failure {
  if (error instanceof BackendError) return { code: error.failure, message: error.message };
  throw error;
}

function toCompletion(execution: Execution, report: SandboxReport, now: Date): Completion {
  return {
    ...classifyEnding(report.ending),
    truncated: report.truncated,
    error: report.error,
    usage: report.usage,
    sandboxStartMs: report.sandboxStartMs,
    costUsd: sandboxCostUsd(execution.backend, report.usage, report.sandboxStartMs),
    finishedAt: now.toISOString(),
  };
}
