import { ulid } from 'ulid';
import { backendListSchema } from '../../shared/contract/environment.ts';
import { presentExecution } from '../../shared/contract/execution-view.ts';
import { waitQuerySchema } from '../../shared/contract/list-query.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { submitRequestSchema } from '../../shared/contract/submit-request.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { isTerminal } from '../../shared/domain/execution.ts';
import { artifactUrls } from '../../shared/executions/artifact-urls.ts';
import { createEndForecast } from '../../shared/executions/end-forecast.ts';
import { waitForEndOfNew } from '../../shared/executions/wait-for-end.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import {
  connectArtifactStore,
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueues,
} from '../../shared/lambda/clients.ts';
import { type HttpRequest, httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { createSyntaxChecker } from '../../shared/validation/syntax/syntax-checker.ts';
import { type SubmitPorts, submitExecution } from './submit-execution.ts';

const environment = parseEnvironment('submit-execution');
const artifacts = connectArtifactStore(environment);
const syntax = createSyntaxChecker();
// Lambda's init has a full core to load it with, most programs are in Python, and its parser takes longest to load.
await syntax.prepare('python');
const ports: SubmitPorts = {
  store: connectExecutionStore(environment),
  queues: connectLaneQueues(environment, backendListSchema.parse(environment.BACKENDS)),
  settings: connectControlSettings(environment),
  syntax,
  clock: () => new Date(),
  newId: (now) => `exe_${ulid(now.getTime())}`,
};
const forecast = createEndForecast();

/** `POST /v1/executions` */
export const handler = httpFunction(async (request) => {
  const startedMs = performance.now();
  requireScope(request.caller, 'execute');
  refuseIdempotencyKey(request);
  const { wait } = parseInput(waitQuerySchema, request.query);
  const body = parseInput(submitRequestSchema, parseJsonBody(request.body, request.headers['content-type']));

  const submitted = await submitExecution(ports, request.caller, body, startedMs);
  logger.info('execution admitted', {
    executionId: submitted.id,
    tenant: submitted.tenant,
    lane: submitted.lane,
  });
  metrics.addMetric('ExecutionsAdmitted', 'Count', 1);

  const admitted = { execution: submitted, output: { stdout: '', stderr: '' } };
  const ageMs = performance.now() - startedMs;
  const read = () => ports.store.findWithOutput(submitted.tenant, submitted.id);
  const last = wait === 0 ? admitted : ((await waitForEndOfNew(read, wait, ageMs, forecast)) ?? admitted);
  return {
    status: isTerminal(last.execution.status) ? 200 : 202,
    headers: { Location: `/v1/executions/${submitted.id}` },
    body: presentExecution(last.execution, last.output, await artifactUrls(artifacts, last.execution)),
  };
});

/** A caller that sends one relies on being charged once, which this version can't promise. */
function refuseIdempotencyKey({ headers }: HttpRequest): void {
  if (headers['idempotency-key'] !== undefined) {
    throw new CordonError('invalid_request', 'The header Idempotency-Key is not available yet.');
  }
}
