import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { HttpRequest, HttpResponse } from '../../shared/lambda/http-function.ts';

// Read when the logger and the metrics are made, by the import below.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { httpFunction } = await import('../../shared/lambda/http-function.ts');

const authorizer = { tenant: 'acme', keyId: 'key-1', scopes: 'execute read' };

function invoke(handle: (request: HttpRequest) => Promise<HttpResponse>, change: object = {}) {
  const event = {
    httpMethod: 'GET',
    resource: '/v1/executions/{id}',
    pathParameters: { id: 'exe_1' },
    queryStringParameters: { wait: '1' },
    headers: { 'X-Some-Header': 'a' },
    body: null,
    requestContext: { requestId: 'request-1', authorizer },
    ...change,
  };
  return httpFunction(handle)(event as unknown as APIGatewayProxyEvent, {} as Context);
}

const failsWith = (error: unknown) => invoke(() => Promise.reject(error));

test('the handler sees its parts of the event, and its answer carries the request id', async () => {
  const seen: HttpRequest[] = [];
  const answer = await invoke(async (request) => {
    seen.push(request);
    return { status: 202, headers: { Location: '/x' }, body: { id: 'exe_1' } };
  });

  expect(seen).toEqual([
    {
      method: 'GET',
      route: '/v1/executions/{id}',
      pathParameters: { id: 'exe_1' },
      query: { wait: '1' },
      headers: { 'x-some-header': 'a' },
      body: null,
      caller: { tenant: 'acme', keyId: 'key-1', scopes: ['execute', 'read'] },
      requestId: 'request-1',
    },
  ]);
  expect(answer).toEqual({
    statusCode: 202,
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'request-1', Location: '/x' },
    body: '{"id":"exe_1"}',
  });
});

test('a route whose caller nobody proved is closed', async () => {
  const context = { requestContext: { requestId: 'request-1', authorizer: undefined } };
  const answer = await invoke(async () => ({ status: 200 }), context);
  expect(answer).toMatchObject({ statusCode: 401 });
});

test.each<[string, CordonError, number, string | undefined]>([
  [
    'the seconds until a quota starts again',
    new CordonError('quota_exceeded', 'used up', { details: { limit: 'executions', retryAfterSeconds: 90 } }),
    429,
    '90',
  ],
  [
    'a second for what can soon succeed',
    new CordonError('backend_unavailable', 'no sandbox is free'),
    503,
    '1',
  ],
  ['nothing for what can never succeed', new CordonError('not_found', 'no such id'), 404, undefined],
])('Retry-After says %s', async (_, error, status, retryAfter) => {
  const answer = await failsWith(error);

  expect(answer.statusCode).toBe(status);
  expect(answer.headers?.['Retry-After']).toBe(retryAfter);
  expect(answer.headers?.['Content-Type']).toBe('application/problem+json');
  expect(JSON.parse(answer.body)).toMatchObject({
    code: error.code,
    detail: error.message,
    ...error.details,
  });
});

test('a defect of ours is answered without its text', async () => {
  const answer = await failsWith(new TypeError('secret table name'));

  expect(answer.statusCode).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'internal', requestId: 'request-1' });
  expect(answer.body).not.toContain('secret');
});
