import { ulid } from 'ulid';
import { backendListSchema } from '../../shared/contract/environment.ts';
import { presentExecution } from '../../shared/contract/execution-view.ts';
import { idempotencyKeySchema, replayedHeader } from '../../shared/contract/idempotency-key.ts';
import { waitQuerySchema } from '../../shared/contract/list-query.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { type SubmitRequest, submitRequestSchema } from '../../shared/contract/submit-request.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { backends, isTerminal } from '../../shared/domain/execution.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import { artifactUrls } from '../../shared/executions/artifact-urls.ts';
import { createEndForecast, type EndForecast } from '../../shared/executions/end-forecast.ts';
import { type ReadExecution, waitForEnd, waitForEndOfNew } from '../../shared/executions/wait-for-end.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import {
  connectArtifactStore,
  connectAuditLog,
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueues,
  connectThrottle,
} from '../../shared/lambda/clients.ts';
import { httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { readWasmBeside } from '../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../shared/validation/policy/program-gate.ts';
import { rememberVerdicts } from '../../shared/validation/syntax/remember-verdicts.ts';
import { createSyntaxChecker } from '../../shared/validation/syntax/syntax-checker.ts';
import { refusalRecord } from './record-refusal.ts';
import type { SubmitPorts } from './submit-execution.ts';
import { type Submission, submitOnce } from './submit-once.ts';

const environment = parseEnvironment('submit-execution');
const auditLog = connectAuditLog(environment);
const artifacts = connectArtifactStore(environment);
const syntax = createSyntaxChecker();
// Lambda's init has a full core to load it with, most programs are in Python, and its parser takes longest to load.
await syntax.prepare('python');
const gate = createProgramGate({ readWasm: readWasmBeside(import.meta.url) });
await gate.prepare('python');
const ports: SubmitPorts = {
  store: connectExecutionStore(environment),
  queues: connectLaneQueues(environment, backendListSchema.parse(environment.BACKENDS)),
  settings: connectControlSettings(environment),
  checkSyntax: rememberVerdicts(syntax.check),
  gate,
  callbackTargets: environment.CALLBACK_TARGETS,
  clock: () => new Date(),
  newId: (now) => `exe_${ulid(now.getTime())}`,
};
const forecasts = Object.fromEntries(backends.map((lane) => [lane, createEndForecast()])) as Record<
  LaneName,
  EndForecast
>;

/** `POST /v1/executions` */
export const handler = httpFunction(async (request) => {
  const startedMs = performance.now();
  requireScope(request.caller, 'execute');
  const key = parseInput(idempotencyKeySchema.optional(), request.headers['idempotency-key']);
  const { wait } = parseInput(waitQuerySchema, request.query);
  const body = parseInput(submitRequestSchema, parseJsonBody(request.body, request.headers['content-type']));

  const submission = await submitOnce(ports, request.caller, body, { key, startedMs }).catch(
    async (error: unknown) => {
      await audit(error, request.caller, body);
      throw error;
    },
  );
  report(submission);

  const { execution, output } = await lastReading(submission, wait, performance.now() - startedMs);
  return {
    status: isTerminal(execution.status) ? 200 : 202,
    headers: {
      Location: `/v1/executions/${execution.id}`,
      ...(submission.isReplay && { [replayedHeader]: 'true' }),
    },
    body: presentExecution(execution, output, await artifactUrls(artifacts, execution)),
  };
}, connectThrottle(environment));

/** A refusal stays one, also when nobody can be told of it. */
async function audit(error: unknown, caller: Caller, request: SubmitRequest): Promise<void> {
  const now = new Date();
  const record = refusalRecord(error, { caller, request, id: ulid(now.getTime()), now });
  if (record === null) return;
  metrics.addMetric('ExecutionsRefused', 'Count', 1);
  await auditLog.append(record).catch((cause: unknown) => {
    logger.error('audit record lost', { error: cause as Error });
  });
}

function report({ execution: { id, tenant, lane }, isReplay }: Submission): void {
  logger.info(isReplay ? 'request repeated' : 'execution admitted', { executionId: id, tenant, lane });
  metrics.addMetric(isReplay ? 'RequestsRepeated' : 'ExecutionsAdmitted', 'Count', 1);
}

/** A new execution needs no reading when nobody waits; an earlier one may have its output by now. */
async function lastReading(
  { execution, isReplay }: Submission,
  waitSeconds: number,
  ageMs: number,
): Promise<ReadExecution> {
  const submitted = { execution, output: { stdout: '', stderr: '' } };
  const read = () => ports.store.findWithOutput(execution.tenant, execution.id);
  if (isReplay) return (await waitForEnd(read, waitSeconds)) ?? submitted;
  if (waitSeconds === 0) return submitted;
  return (await waitForEndOfNew(read, waitSeconds, ageMs, forecasts[execution.lane])) ?? submitted;
}
