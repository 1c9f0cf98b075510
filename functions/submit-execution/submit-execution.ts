import { createHash } from 'node:crypto';
import type { CallbackTargets } from '../../shared/contract/callback-url.ts';
import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import { toNanoUsd } from '../../shared/domain/account.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { mostCostUsd } from '../../shared/domain/cost.ts';
import { definedOnly } from '../../shared/domain/defined-only.ts';
import type { BackendName, Execution } from '../../shared/domain/execution.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import { closedBackends } from '../../shared/domain/operator-settings.ts';
import { type Policy, policyOfRequest, quotaOfUsers } from '../../shared/domain/policy.ts';
import type { Order, Program } from '../../shared/domain/program.ts';
import type { RequestIdentity } from '../../shared/domain/request-identity.ts';
import { expiryAfter } from '../../shared/domain/retention.ts';
import type { Route } from '../../shared/domain/routing.ts';
import type { Violation } from '../../shared/domain/violation.ts';
import { sealSecrets } from '../../shared/executions/sealed-secrets.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';
import type { EarlierRequest, ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import type { ProgramGate } from '../../shared/validation/policy/program-gate.ts';
import { limitsOf, refuseDenied, refuseLanguage } from './apply-policy.ts';
import { refuseAdmission } from './refuse-admission.ts';
import { refuseCallbackUrl } from './refuse-callback-url.ts';
import { refuseWrongSyntax } from './refuse-wrong-syntax.ts';
import { routeToLane } from './route-to-lane.ts';

/** Each is read and written with its execution; the severest come first. */
const mostRecorded = 10;

const underMaintenance = 'The service is under maintenance; executions that were accepted will run.';

export interface SubmitPorts {
  store: ExecutionStore;
  /** The lanes of this deployment. */
  queues: Partial<Record<LaneName, LaneQueue>>;
  settings: ControlSettings;
  /** What keeps a tenant's program from being parsed; nothing when it parses. */
  checkSyntax: (tenant: string, program: Pick<Program, 'language' | 'source'>) => Promise<Violation[]>;
  gate: ProgramGate;
  callbackTargets: CallbackTargets;
  clock: Clock;
  /** A new execution id; later ids sort after earlier ones. */
  newId: (now: Date) => string;
}

export interface AdmissionOptions {
  /** Of a request that has an `Idempotency-Key`. */
  identity?: RequestIdentity | undefined;
  /** When the request came, by `performance.now()`: `validationMs` counts from here. */
  startedMs: number;
}

/**
 * Admits a request: checked, judged, routed, reserved and created in one transaction, then enqueued. Throws before anything
 * is charged when it doesn't parse, the policy denies it, no lane can run it or the quota is used up. Answers the earlier request instead when
 * its key was used before.
 */
export async function submitExecution(
  ports: SubmitPorts,
  caller: Caller,
  request: SubmitRequest,
  { identity, startedMs }: AdmissionOptions,
): Promise<Execution | EarlierRequest> {
  const { settings, policy: tenantPolicy } = await ports.settings.read(caller.tenant);
  if (settings.mode === 'maintenance')
    throw new CordonError('maintenance', settings.message || underMaintenance);
  refuseCallbackUrl(request, ports.callbackTargets);
  const policy = policyOfRequest(tenantPolicy, request.policy);
  refuseLanguage(policy, request.language);
  const limits = limitsOf(policy, request);
  const order = { ...toOrder(request), redaction: policy.redaction };
  refuseWrongSyntax(await ports.checkSyntax(caller.tenant, order));
  const inspected = await ports.gate.inspect({ ...order, owner: caller.tenant }, policy);
  refuseDenied(inspected, policy);
  const { analysis } = inspected;
  const now = ports.clock();
  const id = ports.newId(now);
  const route = routeToLane(
    { executionId: id, order, analysis, limits, requested: request.backend },
    {
      present: Object.keys(ports.queues) as BackendName[],
      disabled: closedBackends(settings),
      weights: settings.weights,
      tenantBackends: policy.backends,
    },
  );
  const violations = inspected.violations.slice(0, mostRecorded);
  const admission = { id, caller, request, policy, violations, limits, route, now };
  const execution = newExecution({ ...admission, validationMs: performance.now() - startedMs });

  const secrets = Object.keys(request.secrets).length === 0 ? null : sealSecrets(id, request.secrets);
  const obstacle = await ports.store.admit(
    execution,
    order,
    definedOnly({ sealedSecrets: secrets?.sealed, identity, userQuota: quotaOfUsers(policy) }),
  );
  if (obstacle?.kind === 'earlier_request') return obstacle;
  if (obstacle !== null) throw refuseAdmission(obstacle, now);

  await enqueue(ports, execution, { secretsKey: secrets?.key, identity });
  return execution;
}

/** When the queue rejects the message the admission is undone, unless the message got through after all. */
async function enqueue(
  ports: SubmitPorts,
  execution: Execution,
  { secretsKey, identity }: { secretsKey: string | undefined; identity: RequestIdentity | undefined },
): Promise<void> {
  try {
    await ports.queues[execution.lane]?.send(execution.id, secretsKey);
  } catch (cause) {
    if (await ports.store.withdraw(execution, identity)) {
      throw new CordonError(
        'backend_unavailable',
        'The execution could not be queued; nothing was charged.',
        { cause },
      );
    }
  }
}

function toOrder({ language, source, context, stdin, args, env, files, artifacts }: SubmitRequest): Order {
  return { language, source, ...(context !== undefined && { context }), stdin, args, env, files, artifacts };
}

interface Admission {
  id: string;
  caller: Caller;
  request: SubmitRequest;
  policy: Policy;
  violations: Violation[];
  limits: Limits;
  route: Route;
  now: Date;
  validationMs: number;
}

function newExecution({
  id,
  caller,
  request,
  policy,
  violations,
  limits,
  route,
  now,
  validationMs,
}: Admission): Execution {
  const [lane] = route;
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
    failures: [],
    artifacts: [],
    redactions: [],
    callback:
      request.callbackUrl === undefined ? null : { url: request.callbackUrl, status: 'waiting', attempts: 0 },
    violations,
    language: request.language,
    backend: lane,
    lane,
    route,
    attempts: 0,
    leaseUntilMs: null,
    limits,
    usage: null,
    validationMs: Math.round(validationMs * 100) / 100,
    sandboxStartMs: null,
    costUsd: null,
    costReservedNanoUsd: toNanoUsd(mostCostUsd(route, limits.wallTimeMs)),
    sourceSha256: createHash('sha256').update(request.source).digest('hex'),
    policyVersion: policy.version,
    metadata: request.metadata,
    createdAt: now.toISOString(),
    startedAt: null,
    finishedAt: null,
    expiresAt: expiryAfter(now, policy.retentionDays),
  };
}
