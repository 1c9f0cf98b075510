import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { logger, metrics } from './telemetry.ts';

/** Wraps a function that a schedule invokes. What it throws is the invocation's error, and raises its alarm. */
export function scheduledFunction(
  work: () => Promise<void>,
): (event: ScheduledEvent, context: Context) => Promise<void> {
  return middy<ScheduledEvent, void>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler(() => work());
}
