import type { Execution, Status } from '../../../shared/domain/execution.ts';
import { isTerminal } from '../../../shared/domain/execution.ts';
import { type LaneName, laneRules } from '../../../shared/domain/lane.ts';
import { leaseMs } from '../../../shared/domain/timing.ts';

/** What is to be believed of one execution. */
export interface ModelExecution {
  id: string;
  wallTimeMs: number;
  costReservedNanoUsd: number;
  status: Status;
  lane: LaneName;
  attempts: number;
  leaseUntilMs: number;
  /** Its owner has asked for its end. */
  isUnwanted: boolean;
  charged: { ms: number; nanoUsd: number } | null;
}

/** What is to be believed of the tables, and what processes know. Nothing here reads a table. */
export interface Model {
  nowMs: number;
  executions: Map<string, ModelExecution>;
  /** Executions as somebody has seen them: attempts that are held, or were before a crash or a takeover. */
  seen: Execution[];
}

export type ClaimKind = 'claimed' | 'held' | 'lapsed' | 'over' | 'moved' | 'exhausted' | 'unknown';

export function predictClaim(
  execution: ModelExecution | undefined,
  lane: LaneName,
  nowMs: number,
): ClaimKind {
  if (execution === undefined) return 'unknown';
  const { status, attempts, leaseUntilMs } = execution;
  if (isTerminal(status)) return 'over';
  if (execution.lane !== lane) return 'moved';
  if (status === 'running') return seemsLapsed(leaseUntilMs, nowMs) ? 'lapsed' : 'held';
  return attempts < laneRules[lane].maxAttempts ? 'claimed' : 'exhausted';
}

/** Over, or set by a clock that is far ahead. */
export function seemsLapsed(leaseUntilMs: number, nowMs: number): boolean {
  return leaseUntilMs < nowMs || leaseUntilMs > nowMs + 2 * leaseMs;
}

/** What a lost attempt leaves. */
export function predictLoss({
  lane,
  attempts,
  isUnwanted,
}: ModelExecution): 'queued' | 'failed' | 'cancelled' {
  if (isUnwanted) return 'cancelled';
  const { maxAttempts, repeatsStarted } = laneRules[lane];
  return repeatsStarted && attempts < maxAttempts ? 'queued' : 'failed';
}

/** Whether a writer that knows an execution like this may still write. */
export function isCurrent(
  execution: ModelExecution | undefined,
  known: Execution,
): execution is ModelExecution {
  return execution?.status === known.status && execution.attempts === known.attempts;
}

/** The counters of the tenant's account. */
export function predictCounters({ executions }: Model) {
  const counters = {
    executionsUsed: 0,
    concurrentUsed: 0,
    executionMsReserved: 0,
    executionMsUsed: 0,
    costNanoUsdReserved: 0,
    costNanoUsdUsed: 0,
  };
  for (const { status, wallTimeMs, costReservedNanoUsd, charged } of executions.values()) {
    if (!isTerminal(status)) {
      counters.concurrentUsed += 1;
      counters.executionMsReserved += wallTimeMs;
      counters.costNanoUsdReserved += costReservedNanoUsd;
    }
    counters.executionsUsed += !isTerminal(status) || charged !== null ? 1 : 0;
    counters.executionMsUsed += charged?.ms ?? 0;
    counters.costNanoUsdUsed += charged?.nanoUsd ?? 0;
  }
  return counters;
}
