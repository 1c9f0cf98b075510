import { LambdaClient } from '@aws-sdk/client-lambda';
import { unreachable } from '../../shared/domain/cordon-error.ts';
import { connectExecutionStore, connectLaneQueue } from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { type Disposition, queueFunction } from '../../shared/lambda/queue-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { createWasmBackend } from '../../shared/sandboxes/wasm-backend.ts';
import { type RunPorts, type RunResult, runExecution } from './run-execution.ts';

const environment = parseEnvironment('run-execution');
const queue = connectLaneQueue(environment.LANE_QUEUE_URL);
const ports: RunPorts = {
  store: connectExecutionStore(environment),
  backend: createWasmBackend({
    // One attempt: the SDK must never run a program again by itself.
    client: new LambdaClient({ maxAttempts: 1 }),
    functionName: environment.WASM_SANDBOX_FUNCTION,
  }),
  clock: () => new Date(),
};

/** The executor of a lane: one message is one attempt at one execution. */
export const handler = queueFunction(async ({ executionId }, record) => {
  logger.appendKeys({ executionId });
  const result = await runExecution(ports, executionId);
  report(result);
  return dispose(result, record.receiptHandle);
});

async function dispose(result: RunResult, receiptHandle: string): Promise<Disposition> {
  if (result.kind !== 'again') return 'done';
  await queue.delay(receiptHandle, result.afterSeconds);
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
    case 'again':
      logger.warn('execution comes again', { reason: result.reason, afterSeconds: result.afterSeconds });
      metrics.addMetric('AttemptsRepeated', 'Count', 1);
      return;
    case 'nothing_to_do':
      logger.info('nothing to do', { reason: result.reason });
      return;
    default:
      unreachable(result);
  }
}
