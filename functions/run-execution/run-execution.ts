import { unreachable } from '../../shared/domain/cordon-error.ts';
import type { Execution, Failure } from '../../shared/domain/execution.ts';
import { lostAttempt } from '../../shared/domain/failed-attempts.ts';
import { type LaneName, laneRules, nextLane } from '../../shared/domain/lane.ts';
import { closedBackends } from '../../shared/domain/operator-settings.ts';
import { leaseMs, retryDelaySeconds } from '../../shared/domain/timing.ts';
import { endFailed } from '../../shared/executions/end-failed.ts';
import { endLostAttempt } from '../../shared/executions/end-lost-attempt.ts';
import { openSecrets, type Secrets } from '../../shared/executions/sealed-secrets.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';
import type { CancelledRun, Claim, Completion, ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import {
  BackendError,
  type BackendResult,
  RunAborted,
  type SandboxBackend,
} from '../../shared/ports/sandbox-backend.ts';
import type { RedactionOptions } from '../../shared/redaction/redactor.ts';
import { finishHandOver, handOver } from './hand-over.ts';
import { redactResult } from './redact-result.ts';
import { selectArtifacts } from './select-artifacts.ts';
import { toCancelledRun } from './to-cancelled-run.ts';
import { toCompletion } from './to-completion.ts';
import { watchAttempt } from './watch-attempt.ts';

export interface RunPorts {
  store: ExecutionStore;
  /** The backend of this executor's lane. */
  backend: SandboxBackend;
  artifacts: ArtifactStore;
  /** Queues of the lanes that this one hands over to. */
  queues: Partial<Record<LaneName, LaneQueue>>;
  settings: Pick<ControlSettings, 'readSettings'>;
  clock: Clock;
  /** Waits for so many ms. */
  pause: (ms: number) => Promise<void>;
}

/** What became of a delivered execution; `again` wants it delivered once more, after a pause. */
export type RunResult =
  | { kind: 'completed'; execution: Execution; completion: Completion }
  | { kind: 'failed'; execution: Execution; failure: Failure }
  | { kind: 'cancelled'; execution: Execution }
  | { kind: 'handed_over'; execution: Execution; to: LaneName; failure: Failure | null }
  | { kind: 'again'; afterSeconds: number; reason: string }
  /** A message of an execution that was withdrawn, has expired, or never was. */
  | { kind: 'no_execution' }
  | { kind: 'nothing_to_do'; reason: string };

/**
 * Makes one attempt at an execution: claim, run, store. At-least-once delivery is safe: only one attempt at a
 * time holds the lease, and only the latest can write. `secretsKey` opens the execution's secrets.
 */
export async function runExecution(
  ports: RunPorts,
  executionId: string,
  secretsKey?: string,
): Promise<RunResult> {
  const { value: settings } = await ports.settings.readSettings();
  if (closedBackends(settings).includes(ports.backend.name)) return closed;
  const claim = await ports.store.claim(executionId, ports.backend.name, ports.clock());
  if (claim.kind !== 'claimed') return declineClaim(ports, claim, secretsKey);

  const { execution, artifacts: wanted } = claim;
  const secrets = secretsOf(claim, secretsKey);
  if (secrets === null) return fail(ports, execution, sealedForGood);
  // An execution that nobody has claimed yet is cancelled without a request.
  const isRetry = execution.attempts > 1;
  if (isRetry && (await ports.store.isCancelRequested(execution.id))) return cancel(ports, execution, null);
  const program = { ...claim.program, env: { ...claim.program.env, ...secrets } };
  const redaction = { ...claim.redaction, secrets: Object.values(secrets) };
  const { id, tenant, limits } = execution;
  const job = { executionId: id, tenant, program, limits, artifacts: wanted };
  const watch = watchAttempt(ports, execution);
  try {
    return await store(ports, execution, await ports.backend.run(job, watch.signal), redaction);
  } catch (error) {
    if (!(error instanceof RunAborted || error instanceof BackendError)) throw error;
    const early = watch.earlyEnd();
    if (early === 'lease_lost') return staleAttempt;
    if (error instanceof BackendError && early === null)
      return giveUpAttempt(ports, execution, error, secretsKey);
    const killed = error instanceof RunAborted ? error.report : null;
    const run = killed && toCancelledRun(execution, killed, redaction, ports.clock());
    return cancel(ports, execution, run);
  } finally {
    watch.stop();
  }
}

async function cancel(ports: RunPorts, execution: Execution, run: CancelledRun | null): Promise<RunResult> {
  const isStored = await ports.store.cancel(execution, ports.clock(), run);
  return isStored ? { kind: 'cancelled', execution } : staleAttempt;
}

type Claimed = Extract<Claim, { kind: 'claimed' }>;

/** Null when they can't be opened: a message that someone wrote by hand lacks the key. */
function secretsOf({ execution, sealedSecrets }: Claimed, key: string | undefined): Secrets | null {
  if (sealedSecrets === null) return {};
  if (key === undefined) return null;
  try {
    return openSecrets(execution.id, { sealed: sealedSecrets, key });
  } catch {
    return null;
  }
}

/** Files first: a completed execution never names one that isn't there. */
async function store(
  ports: RunPorts,
  execution: Execution,
  result: BackendResult,
  redaction: RedactionOptions,
): Promise<RunResult> {
  const redacted = redactResult(result.report, selectArtifacts(result.artifacts), redaction);
  const { report, artifacts } = redacted;
  for (const [index, { content, ...artifact }] of artifacts.entries()) {
    await ports.artifacts.put(execution, index, artifact, content);
  }
  const completion = toCompletion(execution, redacted, ports.clock());
  const output = { stdout: report.stdout, stderr: report.stderr };
  const isStored = await ports.store.complete(execution, completion, output);
  return isStored ? { kind: 'completed', execution, completion } : staleAttempt;
}

async function declineClaim(
  ports: RunPorts,
  claim: Exclude<Claim, Claimed>,
  secretsKey: string | undefined,
): Promise<RunResult> {
  switch (claim.kind) {
    case 'over':
      return { kind: 'nothing_to_do', reason: 'already over' };
    case 'unknown':
      return { kind: 'no_execution' };
    case 'held': {
      const leftMs = claim.until.getTime() - ports.clock().getTime();
      return { ...held, afterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) };
    }
    case 'lapsed':
      return endLapsed(ports, claim.execution);
    case 'moved':
      return finishHandOver(ports, claim.execution, secretsKey);
    case 'exhausted':
      return fail(ports, claim.execution, claim.execution.failure ?? lostAttempt);
    default:
      return unreachable(claim);
  }
}

/** Where the execution may be tried again its message comes again at once, and finds it queued. */
async function endLapsed(ports: RunPorts, execution: Execution): Promise<RunResult> {
  const end = await endLostAttempt(ports, execution);
  switch (end) {
    case 'queued':
      return { kind: 'again', afterSeconds: 1, reason: lostAttempt.message };
    case 'failed':
      return { kind: 'failed', execution, failure: lostAttempt };
    case 'cancelled':
      return { kind: 'cancelled', execution };
    case false:
      return held;
    default:
      return unreachable(end);
  }
}

/**
 * A failure of ours. What can't have started goes to the next lane, or waits for another attempt here; what may
 * have started is only repeated where the lane allows it.
 */
async function giveUpAttempt(
  ports: RunPorts,
  execution: Execution,
  error: BackendError,
  secretsKey: string | undefined,
): Promise<RunResult> {
  const failure: Failure = { code: error.failure, message: error.message };
  const { maxAttempts, repeatsStarted } = laneRules[execution.lane];
  if (!error.beforeStart && !repeatsStarted) return fail(ports, execution, failure);
  const next = error.beforeStart ? nextLane(execution) : null;
  if (next !== null)
    return (await handOver(ports, { execution, to: next, failure, secretsKey })) ?? staleAttempt;
  if (execution.attempts >= maxAttempts) return fail(ports, execution, failure);

  const isQueued = await ports.store.requeue(execution, failure);
  if (!isQueued) return staleAttempt;
  const afterSeconds = Math.max(retryDelaySeconds(execution.attempts), error.retryAfterSeconds ?? 0);
  return { kind: 'again', afterSeconds, reason: failure.message };
}

async function fail(ports: RunPorts, execution: Execution, failure: Failure): Promise<RunResult> {
  switch (await endFailed(ports.store, execution, failure, ports.clock())) {
    case 'failed':
      return { kind: 'failed', execution, failure };
    case 'cancelled':
      return { kind: 'cancelled', execution };
    default:
      return staleAttempt;
  }
}

const sealedForGood: Failure = { code: 'internal', message: 'The secrets could not be opened.' };

const held: Extract<RunResult, { kind: 'again' }> = {
  kind: 'again',
  afterSeconds: leaseMs / 1000,
  reason: 'lease is held',
};

/** The settler sends messages again that died of waiting. */
const closed: RunResult = { kind: 'again', afterSeconds: 20, reason: 'the operator has closed this lane' };

const staleAttempt: RunResult = { kind: 'nothing_to_do', reason: 'stale attempt' };
