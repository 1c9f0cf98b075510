import { createHash } from 'node:crypto';
import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { BackendName, Execution } from '../../shared/domain/execution.ts';
import { defaultLimits, type Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';
import { retentionDays } from '../../shared/domain/timing.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import { refuseAdmission } from './refuse-admission.ts';
import { routeToLane } from './route-to-lane.ts';

export interface SubmitPorts {
  store: ExecutionStore;
  queues: Record<BackendName & 'wasm', LaneQueue>;
  clock: Clock;
  /** A new execution id; later ids sort after earlier ones. */
  newId: (now: Date) => string;
}

/**
 * Admits a request: routed, reserved and created in one transaction, then enqueued. Throws before anything is
 * charged when no lane can run it or the quota is used up. `validationMs` runs from `startedMs`.
 */
export async function submitExecution(
  ports: SubmitPorts,
  caller: Caller,
  request: SubmitRequest,
  startedMs: number,
): Promise<Execution> {
  const program = toProgram(request);
  const lane = routeToLane(program, request.backend);
  const now = ports.clock();
  const execution = newExecution(ports.newId(now), caller, request, lane, now, performance.now() - startedMs);

  const refusal = await ports.store.admit(execution, program);
  if (refusal !== null) throw refuseAdmission(refusal, now);

  await enqueue(ports, execution, lane);
  return execution;
}

/** When the queue rejects the message the admission is undone, unless the message got through after all. */
async function enqueue(ports: SubmitPorts, execution: Execution, lane: 'wasm'): Promise<void> {
  try {
    await ports.queues[lane].send(execution.id);
  } catch (cause) {
    if (await ports.store.withdraw(execution)) {
      throw new CordonError(
        'backend_unavailable',
        'The execution could not be queued; nothing was charged.',
        { cause },
      );
    }
  }
}

function toProgram({ language, source, context, stdin, args, env, files }: SubmitRequest): Program {
  return { language, source, ...(context !== undefined && { context }), stdin, args, env, files };
}

function newExecution(
  id: string,
  caller: Caller,
  request: SubmitRequest,
  lane: 'wasm',
  now: Date,
  validationMs: number,
): Execution {
  return {
    id,
    tenant: caller.tenant,
    user: request.user ?? null,
    status: 'queued',
    outcome: null,
    exitCode: null,
    signal: null,
    truncated: { stdout: false, stderr: false },
    error: null,
    failure: null,
    language: request.language,
    backend: lane,
    lane,
    attempts: 0,
    leaseUntilMs: null,
    limits: { ...defaultLimits, ...definedOnly(request.limits) },
    usage: null,
    validationMs: Math.round(validationMs * 100) / 100,
    sandboxStartMs: null,
    costUsd: null,
    sourceSha256: createHash('sha256').update(request.source).digest('hex'),
    metadata: request.metadata,
    createdAt: now.toISOString(),
    startedAt: null,
    finishedAt: null,
    expiresAt: new Date(now.getTime() + retentionDays * 86_400_000).toISOString(),
  };
}

function definedOnly(limits: SubmitRequest['limits']): Partial<Limits> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
