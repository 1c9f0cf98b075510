import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, metrics } from './telemetry.ts';

/** Wraps a function that a schedule invokes. What it throws is the invocation's error, and raises its alarm. */
export function scheduledFunction(
  work: (event: unknown) => Promise<void>,
): (event: unknown, context: Context) => Promise<void> {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((event: unknown) => work(event));
}
