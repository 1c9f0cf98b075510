import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { HttpResponse } from '../../shared/lambda/http-function.ts';
import type { KeyThrottle, ThrottleDecision } from '../../shared/ports/key-throttle.ts';

// Read when the logger and the metrics are made, by the import below.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { httpFunction } = await import('../../shared/lambda/http-function.ts');

const standard = { burst: 100, ratePerSecond: 50 };
const authorizer = { tenant: 'acme', keyId: 'key-1', scopes: 'execute read' };
const answers = async (): Promise<HttpResponse> => ({ status: 200, body: {} });

function invoke(admit: KeyThrottle['admit'], handle = answers, own: object = {}) {
  const requestContext = { requestId: 'request-1', authorizer: { ...authorizer, ...own } };
  const event = { httpMethod: 'GET', resource: '/v1/executions', headers: {}, body: null, requestContext };
  const run = httpFunction(handle, { keys: { admit }, standard });
  return run(event as unknown as APIGatewayProxyEvent, {} as Context);
}

const standing = { remaining: 97, resetSeconds: 1 };
const admits = async (): Promise<ThrottleDecision> => ({
  ...{ isAdmitted: true, standing: Promise.resolve(standing) },
});

test('an answer says what the key may do and what is left of it', async () => {
  expect(await invoke(admits)).toMatchObject({
    statusCode: 200,
    headers: {
      'RateLimit-Policy': '"requests";q=100;w=2',
      RateLimit: '"requests";r=97;t=1',
      'X-Request-Id': 'request-1',
    },
  });
});

test('a key that has a throttle of its own is measured by it', async () => {
  const seen: unknown[] = [];
  const admit: KeyThrottle['admit'] = (keyId, throttle) => {
    seen.push(keyId, throttle);
    return admits();
  };
  const answer = await invoke(admit, answers, { burst: '5', ratePerSecond: '0.5' });
  expect(seen).toEqual(['key-1', { burst: 5, ratePerSecond: 0.5 }]);
  expect(answer.headers).toMatchObject({ 'RateLimit-Policy': '"requests";q=5;w=10' });
});

test('a request too many is refused before the handler sees it', async () => {
  let handled = 0;
  const answer = await invoke(
    async () => ({ isAdmitted: false, standing: { remaining: 0, resetSeconds: 2 }, waitMs: 1_200 }),
    () => {
      handled += 1;
      return answers();
    },
  );
  expect(handled).toBe(0);
  expect(answer).toMatchObject({
    statusCode: 429,
    headers: { 'Retry-After': '2', RateLimit: '"requests";r=0;t=2', 'X-Request-Id': 'request-1' },
  });
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'throttled', retryAfterSeconds: 2 });
});

test('errors have the headers too, and one of the quota names the quota as well', async () => {
  const details = {
    ...{ of: 'user', limit: 'executions', used: 1_000, allowed: 1_000 },
    ...{ windowSeconds: 2_592_000, retryAfterSeconds: 86_400 },
  };
  const notFound = await invoke(admits, () => Promise.reject(new CordonError('not_found', 'x')));
  const overQuota = await invoke(admits, () =>
    Promise.reject(new CordonError('quota_exceeded', 'x', { details })),
  );

  expect(notFound).toMatchObject({ statusCode: 404, headers: { RateLimit: '"requests";r=97;t=1' } });
  expect(overQuota).toMatchObject({
    statusCode: 429,
    headers: {
      'RateLimit-Policy': '"requests";q=100;w=2, "executions";q=1000;w=2592000',
      RateLimit: '"requests";r=97;t=1, "executions";r=0;t=86400',
      'Retry-After': '86400',
    },
  });
});

test.each<[string, KeyThrottle['admit']]>([
  ['at once', () => Promise.reject(new Error('down'))],
  ['beside the request', async () => ({ isAdmitted: true, standing: Promise.reject(new Error('down')) })],
])('a request that nobody can count %s passes', async (_, admit) => {
  const answer = await invoke(admit);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({ 'RateLimit-Policy': '"requests";q=100;w=2' });
  expect(answer.headers).not.toHaveProperty('RateLimit');
});
