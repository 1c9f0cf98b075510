import { connectExecutionStore } from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { queueFunction } from '../../shared/lambda/queue-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { settleDeadLetter } from './settle-dead-letter.ts';

const store = connectExecutionStore(parseEnvironment('settle-dead-letter'));

/** Consumer of the lanes' dead-letter queues. */
export const handler = queueFunction(async ({ executionId }) => {
  const isSettled = await settleDeadLetter(store, () => new Date(), executionId);
  logger.warn('dead letter', { executionId, isSettled });
  metrics.addMetric('DeadLetters', 'Count', 1);
  return isSettled ? 'done' : 'again';
});
