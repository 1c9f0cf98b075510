import { laneMessageSchema } from '../../shared/contract/lane-message.ts';
import { unreachable } from '../../shared/domain/cordon-error.ts';
import { pauseFor } from '../../shared/executions/end-lost-attempt.ts';
import {
  connectArtifactStore,
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueue,
  connectLaneQueues,
} from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { type Disposition, queueFunction } from '../../shared/lambda/queue-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { connectBackend } from './backends.ts';
import { type RunPorts, type RunResult, runExecution } from './run-execution.ts';

const environment = parseEnvironment('run-execution');
const queue = 'LANE_QUEUE_URL' in environment ? connectLaneQueue(environment.LANE_QUEUE_URL) : null;
const { backend, idle } = await connectBackend(environment);
const ports: RunPorts = {
  store: connectExecutionStore(environment),
  backend,
  artifacts: connectArtifactStore(environment),
  queues: environment.BACKEND === 'e2b' ? connectLaneQueues(environment, ['gvisor']) : {},
  settings: connectControlSettings(environment),
  clock: () => new Date(),
  pause: pauseFor,
};

/** The executor of a lane: one message is one attempt at one execution. */
export const handler = queueFunction(laneMessageSchema, async ({ executionId, secretsKey }, record) => {
  logger.appendKeys({ executionId });
  const result = await runExecution(ports, executionId, secretsKey).finally(idle);
  report(result);
  return dispose(result, record.receiptHandle);
});

/** A lane without a way to its queue leaves the message to the queue's visibility timeout, which is longer. */
async function dispose(result: RunResult, receiptHandle: string): Promise<Disposition> {
  if (result.kind !== 'again') return 'done';
  await queue?.delay(receiptHandle, result.afterSeconds);
  return 'again';
}

function report(result: RunResult): void {
  switch (result.kind) {
    case 'completed':
      logger.info('execution completed', {
        outcome: result.completion.outcome,
        usage: result.completion.usage,
      });
      metrics.addMetric('ExecutionsCompleted', 'Count', 1);
      return;
    case 'failed':
      logger.error('execution failed', { failure: result.failure });
      metrics.addMetric('ExecutionsFailed', 'Count', 1);
      return;
    case 'cancelled':
      logger.info('execution cancelled');
      metrics.addMetric('ExecutionsCancelled', 'Count', 1);
      return;
    case 'handed_over':
      logger.warn('execution handed over', { to: result.to, failure: result.failure });
      metrics.addMetric('ExecutionsHandedOver', 'Count', 1);
      return;
    case 'again':
      logger.warn('execution comes again', { reason: result.reason, afterSeconds: result.afterSeconds });
      metrics.addMetric('AttemptsRepeated', 'Count', 1);
      return;
    case 'no_execution':
      logger.warn('message without an execution');
      metrics.addMetric('MessagesWithoutExecution', 'Count', 1);
      return;
    case 'nothing_to_do':
      logger.info('nothing to do', { reason: result.reason });
      return;
    default:
      unreachable(result);
  }
}
