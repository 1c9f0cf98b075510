import { executionIdOf, unknownExecution } from '../../shared/contract/execution-id.ts';
import { presentExecution, summarizeExecution } from '../../shared/contract/execution-view.ts';
import { listQuerySchema, waitQuerySchema } from '../../shared/contract/list-query.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { presentQuota, quotaQuerySchema } from '../../shared/contract/quota-view.ts';
import { accountOfUser, openAccount } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { isTerminal } from '../../shared/domain/execution.ts';
import { quotaOfUsers } from '../../shared/domain/policy.ts';
import { artifactUrls } from '../../shared/executions/artifact-urls.ts';
import { waitForEnd } from '../../shared/executions/wait-for-end.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import {
  connectAccounts,
  connectArtifactStore,
  connectControlSettings,
  connectExecutionStore,
  connectThrottle,
} from '../../shared/lambda/clients.ts';
import { type HttpRequest, type HttpResponse, httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';

const environment = parseEnvironment('read-executions');
const store = connectExecutionStore(environment);
const accounts = connectAccounts(environment);
const settings = connectControlSettings(environment);
const artifacts = connectArtifactStore(environment);

/** `GET /v1/executions`, `GET /v1/executions/{id}` and `GET /v1/quota` */
export const handler = httpFunction(async (request) => {
  requireScope(request.caller, 'read');
  if (request.route === '/v1/quota') return readQuota(request);
  const { id } = request.pathParameters;
  return id === undefined ? listExecutions(request) : readExecution(request, id);
}, connectThrottle(environment));

async function listExecutions({ caller, query }: HttpRequest): Promise<HttpResponse> {
  const { items, next } = await store.list(caller.tenant, parseInput(listQuerySchema, query));
  return { status: 200, body: { items: items.map(summarizeExecution), next } };
}

async function readExecution({ caller, query }: HttpRequest, pathId: string): Promise<HttpResponse> {
  const { wait } = parseInput(waitQuerySchema, query);
  const id = executionIdOf(pathId);
  const last = await waitForEnd(() => store.findWithOutput(caller.tenant, id), wait);
  if (last === null) throw unknownExecution();
  const isStillWaiting = wait > 0 && !isTerminal(last.execution.status);
  const urls = await artifactUrls(artifacts, last.execution);
  return { status: isStillWaiting ? 202 : 200, body: presentExecution(last.execution, last.output, urls) };
}

async function readQuota({ caller, query }: HttpRequest): Promise<HttpResponse> {
  const { user } = parseInput(quotaQuerySchema, query);
  const now = new Date();
  const account = await accounts.find(caller.tenant, user);
  if (account !== null) return { status: 200, body: presentQuota(account, now) };
  if (user === undefined) throw new CordonError('forbidden', 'The tenant of this API key has no account.');
  // What this user's first execution will open.
  const { policy } = await settings.read(caller.tenant);
  const unopened = openAccount(accountOfUser(caller.tenant, user), quotaOfUsers(policy), now);
  return { status: 200, body: presentQuota(unopened, now) };
}
