import type { SQSRecord } from 'aws-lambda';
import { deadLetterVariables } from '../../shared/contract/environment.ts';
import { type LaneMessage, laneMessageSchema } from '../../shared/contract/lane-message.ts';
import { type BackendName, backends } from '../../shared/domain/execution.ts';
import { pauseFor } from '../../shared/executions/end-lost-attempt.ts';
import {
  connectControlSettings,
  connectExecutionStore,
  connectLaneQueues,
} from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { type Disposition, queueFunction } from '../../shared/lambda/queue-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { type SettlePorts, settleDeadLetter } from './settle-dead-letter.ts';

const environment = parseEnvironment('settle-dead-letter');
const ports: SettlePorts = {
  store: connectExecutionStore(environment),
  queues: connectLaneQueues(environment, backends),
  settings: connectControlSettings(environment),
  clock: () => new Date(),
  pause: pauseFor,
};

/** Consumer of the lanes' dead-letter queues. What nobody could read all that time ends here; see `reconcile-executions`. */
export const handler = queueFunction(laneMessageSchema, settle, { unreadable: 'done' });

async function settle(message: LaneMessage, record: SQSRecord): Promise<Disposition> {
  const { executionId } = message;
  const isSettled = await settleDeadLetter(ports, laneOf(record.eventSourceARN), message);
  logger.warn('dead letter', { executionId, isSettled });
  metrics.addMetric('DeadLetters', 'Count', 1);
  return isSettled ? 'done' : 'again';
}

function laneOf(queueArn: string): BackendName {
  const lane = backends.find((name) => environment[deadLetterVariables[name]] === queueArn);
  if (lane === undefined) throw new Error('a dead letter of no lane');
  return lane;
}
