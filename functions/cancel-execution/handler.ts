import { executionIdOf } from '../../shared/contract/execution-id.ts';
import { presentExecution } from '../../shared/contract/execution-view.ts';
import { isTerminal } from '../../shared/domain/execution.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import { connectExecutionStore, connectThrottle } from '../../shared/lambda/clients.ts';
import { httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import { cancelExecution } from './cancel-execution.ts';

const environment = parseEnvironment('cancel-execution');
const store = connectExecutionStore(environment);
const clock = () => new Date();

/** `POST /v1/executions/{id}/cancel`. Open in every mode: it frees what the operator may be waiting for. */
export const handler = httpFunction(async ({ caller, pathParameters }) => {
  requireScope(caller, 'execute');
  const id = executionIdOf(pathParameters.id);
  const { execution, output } = await cancelExecution({ store, clock }, caller.tenant, id);
  logger.info('cancel', { executionId: execution.id, tenant: caller.tenant, status: execution.status });
  // Of a cancelled execution nothing is kept in files.
  return { status: isTerminal(execution.status) ? 200 : 202, body: presentExecution(execution, output, []) };
}, connectThrottle(environment));
