import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { throttleHeaders, withQuota } from '../contract/rate-limit-headers.ts';
import { CordonError } from '../domain/cordon-error.ts';
import type { Standing, Throttle } from '../domain/throttle.ts';
import type { KeyThrottle } from '../ports/key-throttle.ts';
import { callerOf } from './caller-of.ts';
import { logger } from './telemetry.ts';

export interface ThrottleOptions {
  keys: KeyThrottle;
  /** Of keys that were created without one of their own. */
  standard: Throttle;
}

type Middleware = MiddlewareObj<
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Error,
  Context,
  { throttle?: Throttle; standing?: Promise<Standing | null> }
>;

/**
 * Lets a key's requests through as often as its throttle allows, and tells each answer what is left. When nobody can
 * count, requests pass: what must not be exceeded is the quota, which is checked in the same table by the write that admits
 * an execution, and a read that could be served should not fail for a counter.
 */
export function throttled({ keys, standard }: ThrottleOptions): Middleware {
  const lost = (error: unknown): null => {
    logger.warn('request not counted', { error: error as Error });
    return null;
  };
  const addHeaders: Middleware['after'] = async ({ internal, response, error }) => {
    if (internal.throttle === undefined || !response) return;
    // Waits for the count that runs beside the request: a function that has answered stands still.
    const headers = throttleHeaders(internal.throttle, (await internal.standing) ?? null);
    const isOverQuota = error instanceof CordonError && error.code === 'quota_exceeded';
    response.headers = { ...response.headers, ...(isOverQuota ? withQuota(headers, error) : headers) };
  };
  return {
    before: async ({ event, internal }) => {
      const { keyId, throttle = standard } = callerOf(event.requestContext.authorizer);
      internal.throttle = throttle;
      const decision = await keys.admit(keyId, throttle).catch(lost);
      if (decision === null) return;
      internal.standing = Promise.resolve(decision.standing).catch(lost);
      if (decision.isAdmitted) return;
      const retryAfterSeconds = Math.max(1, Math.ceil(decision.waitMs / 1_000));
      throw new CordonError('throttled', 'This API key sends requests faster than it may.', {
        details: { retryAfterSeconds },
      });
    },
    after: addHeaders,
    onError: addHeaders,
  };
}
