import { backends } from '../../shared/domain/execution.ts';
import { pauseFor } from '../../shared/executions/end-lost-attempt.ts';
import {
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueues,
  connectOpenExecutions,
} from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { scheduledFunction } from '../../shared/lambda/scheduled-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { type ReconcilePorts, reconcileExecutions } from './reconcile-executions.ts';

const environment = parseEnvironment('reconcile-executions');
const ports: ReconcilePorts = {
  store: connectExecutionStore(environment),
  open: connectOpenExecutions(environment),
  queues: connectLaneQueues(environment, backends),
  settings: connectControlSettings(environment),
  clock: () => new Date(),
  pause: pauseFor,
};

/**
 * On a schedule: repairs the executions that nothing drives any more. A metric that is zero is not sent, and not paid.
 * Fails, and so raises the alarm, when one could not be repaired.
 */
export const handler = scheduledFunction(async () => {
  const { resent, failed, cancelled, errors } = await reconcileExecutions(ports);
  if (resent.length > 0) metrics.addMetric('ExecutionsResent', 'Count', resent.length);
  if (failed.length > 0) metrics.addMetric('ExecutionsFailedByReconciler', 'Count', failed.length);
  if (resent.length + failed.length + cancelled.length > 0)
    logger.warn('executions repaired', { resent, failed, cancelled });
  for (const { id, error } of errors)
    logger.error('execution not repaired', { executionId: id, error: error as Error });
  if (errors.length > 0) throw new Error(`executions not repaired: ${errors.length}`);
});
