import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { errorTable, problemMediaType, toProblem } from '../contract/problem.ts';
import type { Caller } from '../domain/caller.ts';
import { CordonError } from '../domain/cordon-error.ts';
import { callerOf } from './caller-of.ts';
import { logger, metrics } from './telemetry.ts';
import { type ThrottleOptions, throttled } from './throttled.ts';

/** A request as the handlers see it: authenticated, its parts still to be parsed. */
export interface HttpRequest {
  method: string;
  /** The route's template, such as `/v1/executions/{id}`. */
  route: string;
  pathParameters: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  /** Header names are lower case. */
  headers: Record<string, string | undefined>;
  body: string | null;
  caller: Caller;
  requestId: string;
}

export interface HttpResponse {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Wraps a handler of API Gateway's proxy events: logging, metrics, request id, throttling of keys, and problem documents for errors. */
export function httpFunction(
  handle: (request: HttpRequest) => Promise<HttpResponse>,
  throttle?: ThrottleOptions,
): (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult> {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .use(throttle === undefined ? [] : [throttled(throttle)])
    .use(problemDocuments)
    .handler(async (event: APIGatewayProxyEvent) => toResult(event, await handle(toRequest(event))));
}

function toRequest(event: APIGatewayProxyEvent): HttpRequest {
  return {
    method: event.httpMethod,
    route: event.resource,
    pathParameters: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: Object.fromEntries(
      Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: event.body,
    caller: callerOf(event.requestContext.authorizer),
    requestId: event.requestContext.requestId,
  };
}

function toResult(
  event: APIGatewayProxyEvent,
  { status, headers = {}, body }: HttpResponse,
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      'X-Request-Id': event.requestContext.requestId,
      ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The edge: the one place where errors are logged and turned into answers. */
const problemDocuments: MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  onError: (request) => {
    const { error, event } = request;
    if (!(error instanceof CordonError) || error.code === 'internal')
      logger.error('request failed', { error });
    else logger.info('request refused', { code: error.code, detail: error.message });

    const problem = toProblem(error, event.requestContext.requestId);
    const retryAfter = problem.retryAfterSeconds ?? (errorTable[problem.code].retryable ? 1 : undefined);
    request.response = {
      statusCode: problem.status,
      headers: {
        'Content-Type': problemMediaType,
        'X-Request-Id': problem.requestId,
        ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      },
      body: JSON.stringify(problem),
    };
  },
};
