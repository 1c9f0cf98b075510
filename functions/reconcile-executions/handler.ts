import { scheduledTaskSchema } from '../../shared/contract/scheduled-task.ts';
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
 * On two schedules, of which one names its task. A metric that is zero is not sent, and not paid. Fails, and so raises the
 * alarm, when something could not be done.
 */
export const handler = scheduledFunction((event) => {
  const { task } = scheduledTaskSchema.parse(event);
  return task === undefined ? repairExecutions() : sendCallbacks();
});

/** What nothing drives any more. */
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

/** Late attempts, and those of lanes without a way to SQS, are sent from here as a rule: there is nothing to warn of. */
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
