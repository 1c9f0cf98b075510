import { callbackMessageSchema } from '../../shared/contract/callback-message.ts';
import { unreachable } from '../../shared/domain/cordon-error.ts';
import {
  connectArtifactStore,
  connectCallbackKey,
  connectCallbackQueue,
  connectOwedCallbacks,
} from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { queueFunction } from '../../shared/lambda/queue-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { type DeliverPorts, type DeliverResult, deliverCallback } from './deliver-callback.ts';
import { createCallbackPost } from './post-callback.ts';

const environment = parseEnvironment('deliver-callback');
const ports: DeliverPorts = {
  owed: connectOwedCallbacks(environment),
  queue: connectCallbackQueue(environment.CALLBACKS_QUEUE_URL),
  artifacts: connectArtifactStore(environment),
  readCallbackKey: connectCallbackKey(environment),
  post: createCallbackPost({ targets: environment.CALLBACK_TARGETS }),
  clock: () => new Date(),
  random: Math.random,
};

/** Consumer of the callbacks' queue: one message is one attempt. The debt says what comes next, so the message is done. */
export const handler = queueFunction(callbackMessageSchema, async (message) => {
  logger.appendKeys({ executionId: message.executionId });
  report(await deliverCallback(ports, message));
  return 'done';
});

/** Never names the receiver: its address can hold a secret. */
function report(result: DeliverResult): void {
  switch (result.kind) {
    case 'delivered':
      logger.info('callback delivered', { attempts: result.attempts });
      metrics.addMetric('CallbacksDelivered', 'Count', 1);
      return;
    case 'postponed':
      logger.warn('callback postponed', { ...result });
      metrics.addMetric('CallbacksPostponed', 'Count', 1);
      return;
    case 'given_up':
      logger.error('callback given up', { ...result });
      metrics.addMetric('CallbacksGivenUp', 'Count', 1);
      return;
    case 'expired':
    case 'nothing_to_do':
      logger.info('no callback', { reason: result.kind });
      return;
    default:
      unreachable(result);
  }
}
