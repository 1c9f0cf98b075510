import { backends } from '../../shared/domain/execution.ts';
import { pauseFor } from '../../shared/executions/end-lost-attempt.ts';
import {
  connectCallbackQueue,
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueues,
  connectOpenExecutions,
  connectOwedCallbacks,
} from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { scheduledFunction } from '../../shared/lambda/scheduled-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { type ReconcilePorts, reconcileExecutions } from './reconcile-executions.ts';
import { type OwedCallbackPorts, sendOwedCallbacks } from './send-owed-callbacks.ts';

const environment = parseEnvironment('reconcile-executions');
const ports: ReconcilePorts = {
  store: connectExecutionStore(environment),
  open: connectOpenExecutions(environment),
  queues: connectLaneQueues(environment, backends),
  settings: connectControlSettings(environment),
  clock: () => new Date(),
  pause: pauseFor,
};
const callbackPorts: OwedCallbackPorts = {
  owed: connectOwedCallbacks(environment),
  queue: connectCallbackQueue(environment.CALLBACKS_QUEUE_URL),
  clock: ports.clock,
};

/**
 * On a schedule: repairs the executions that nothing drives any more, and sends what callbacks are due. A metric that is zero
 * is not sent, and not paid. Fails, and so raises the alarm, when something could not be done; neither keeps the other.
 */
export const handler = scheduledFunction(async () => {
  const results = await Promise.allSettled([repairExecutions(), sendCallbacks()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

async function repairExecutions(): Promise<void> {
  const { resent, failed, cancelled, errors } = await reconcileExecutions(ports);
  if (resent.length > 0) metrics.addMetric('ExecutionsResent', 'Count', resent.length);
  if (failed.length > 0) metrics.addMetric('ExecutionsFailedByReconciler', 'Count', failed.length);
  if (resent.length + failed.length + cancelled.length > 0)
    logger.warn('executions repaired', { resent, failed, cancelled });
  for (const { id, error } of errors)
    logger.error('execution not repaired', { executionId: id, error: error as Error });
  if (errors.length > 0) throw new Error(`executions not repaired: ${errors.length}`);
}

/** Late attempts are sent from here as a rule, so there is nothing to warn of. */
async function sendCallbacks(): Promise<void> {
  const { sent, givenUp, errors } = await sendOwedCallbacks(callbackPorts);
  if (sent.length > 0) logger.info('callbacks sent', { sent });
  if (givenUp.length > 0) {
    logger.error('callbacks given up', { givenUp });
    metrics.addMetric('CallbacksGivenUp', 'Count', givenUp.length);
  }
  for (const { id, error } of errors)
    logger.error('callback not sent', { executionId: id, error: error as Error });
  if (errors.length > 0) throw new Error(`callbacks not sent: ${errors.length}`);
}
