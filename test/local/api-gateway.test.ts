import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalCloud } from '../../local/start-local-cloud.ts';
import { startFixture } from './support/fixture-cloud.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startFixture();
});
afterAll(() => cloud.close());

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(cloud.url + path, init);
  const text = await response.text();
  const json = () => JSON.parse(text);
  return { status: response.status, headers: response.headers, text, json };
}
const guarded = (Authorization: string, path = '/items') => send(path, { headers: { Authorization } });

describe('the proxy event', () => {
  test('has the REST payload format', async () => {
    const event = (
      await send('/echo/a%20b?x=1&x=2&y=z%26', {
        method: 'POST',
        headers: { 'X-Custom': 'v', 'content-type': 'text/plain' },
        body: 'héllo',
      })
    ).json();

    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/echo/a%20b',
      httpMethod: 'POST',
      pathParameters: { proxy: 'echo/a b' },
      queryStringParameters: { x: '2', y: 'z&' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['z&'] },
      stageVariables: null,
      body: 'héllo',
      isBase64Encoded: false,
      requestContext: {
        stage: 'v1',
        httpMethod: 'POST',
        resourcePath: '/{proxy+}',
        protocol: 'HTTP/1.1',
        identity: { sourceIp: '127.0.0.1', caller: null },
        accountId: '000000000000',
      },
    });
    const names = Object.keys(event.headers).map((name) => name.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(['x-custom', 'host', 'x-forwarded-for', 'x-amzn-trace-id']));
    expect(event.multiValueHeaders['X-Forwarded-For']).toEqual(['127.0.0.1']);
  });

  test('has null where a request has nothing', async () => {
    const event = (await send('/items', { headers: { Authorization: 'someone' } })).json();

    expect([event.body, event.queryStringParameters, event.pathParameters]).toEqual([null, null, null]);
  });

  test('holds a binary body as base64, and broken UTF-8 with replacements', async () => {
    const post = async (type: string) =>
      (
        await send('/echo', {
          method: 'POST',
          headers: { 'content-type': type },
          body: Uint8Array.of(0x61, 0xff),
        })
      ).json();

    const [binary, text] = [await post('image/png'), await post('text/plain')];

    expect([binary.body, binary.isBase64Encoded]).toEqual(['Yf8=', true]);
    expect([text.body, text.isBase64Encoded]).toEqual(['a\ufffd', false]);
  });
});

describe("the function's answer", () => {
  test('becomes the HTTP answer, with headers that are forbidden renamed', async () => {
    const { status, headers, text } = await send('/headers');

    expect([status, text]).toEqual([201, 'plain']);
    expect(headers.get('x-one')).toBe('1');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is decoded from base64 for a client that accepts the binary type', async () => {
    const accepting = await fetch(`${cloud.url}/binary`, { headers: { accept: 'image/png' } });
    const other = await send('/binary', { headers: { accept: 'text/html' } });

    expect([...new Uint8Array(await accepting.arrayBuffer())]).toEqual([0x89, 0x50]);
    expect(other.text).toBe('iVA=');
  });

  test.each(['/malformed', '/split-header', '/throw', '/exit'])(
    'of %s is a 502 in the shape of DEFAULT_5XX',
    async (path) => {
      const { status, headers, json } = await send(path);

      expect([status, headers.get('content-type')]).toEqual([502, 'application/problem+json']);
      expect(json()).toEqual({
        code: 'internal',
        type: 'DEFAULT_5XX',
        requestId: headers.get('x-amzn-requestid'),
      });
    },
  );

  test('comes too late for a method with a shorter timeout', async () => {
    const impatient = await startFixture({
      change: (template) => ({
        ...template,
        Resources: JSON.parse(
          JSON.stringify(template.Resources).replaceAll('"TimeoutInMillis":100', '"TimeoutInMillis":1'),
        ),
      }),
    });

    const response = await fetch(`${impatient.url}/impatient`);
    await impatient.close();

    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      504,
      'InternalServerErrorException',
    ]);
    expect(await response.json()).toMatchObject({ type: 'INTEGRATION_TIMEOUT' });
  });
});

describe('a request that no method takes', () => {
  test.each([
    ['DELETE', '/items'],
    ['GET', '/items/1/2/3/'],
    ['GET', '/throttled//'],
  ])('%s %s', async (method, path) => {
    const { status } = await send(path, { method });

    // The greedy proxy takes what no resource does; a resource without the method takes nothing.
    expect(status).toBe(method === 'DELETE' ? 404 : 200);
  });

  test('is answered with the customised MISSING_AUTHENTICATION_TOKEN', async () => {
    const { status, headers, json } = await send('/items', { method: 'DELETE' });

    expect([status, headers.get('x-own')]).toEqual([404, 'yes']);
    expect(headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(json()).toEqual({ code: 'not_found' });
  });
});

describe('the authorizer', () => {
  test('gives its context to the function as text', async () => {
    const { authorizer } = (await guarded('context')).json().requestContext;

    expect(authorizer).toMatchObject({ principalId: 'context', tenant: 'tenant-of-context', admin: 'true' });
  });

  test('is asked once for the same identity', async () => {
    const asked = () => cloud.calls().find(({ resource }) => resource.startsWith('Authorizer'))?.calls ?? 0;
    const before = asked();

    const answers = [await guarded('cached'), await guarded('cached', '/items/7'), await guarded('cached')];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asked() - before).toBe(1);
  });

  test('is asked once for requests that come at the same time', async () => {
    const asked = () => cloud.calls().find(({ resource }) => resource.startsWith('Authorizer'))?.calls ?? 0;
    const before = asked();

    const answers = await Promise.all(Array.from({ length: 10 }, () => guarded('together')));

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(asked() - before).toBe(1);
  });

  test('whose cached policy names one method denies the others', async () => {
    const first = await guarded('this-method', '/items/7');
    const other = await guarded('this-method', '/items/8');

    expect([first.status, other.status]).toEqual([200, 403]);
  });

  test('is not asked without an identity', async () => {
    cloud.resetCalls();

    const { status, json } = await send('/items');

    expect([status, json().title]).toEqual([401, 'Unauthorized']);
    expect(cloud.calls()).toEqual([]);
  });

  test.each([
    ['unauthorized', 401, 'UnauthorizedException'],
    ['deny', 403, 'AccessDeniedException'],
    ['broken', 500, 'AuthorizerConfigurationException'],
    ['malformed', 500, 'AuthorizerConfigurationException'],
  ])('that answers "%s" makes it %i %s', async (token, status, errorType) => {
    const answer = await guarded(token);

    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([status, errorType]);
  });
});

describe('the request validator', () => {
  const post = (body: string, query = '?mode=x') =>
    send(`/items${query}`, {
      method: 'POST',
      headers: { Authorization: 'validator', 'content-type': 'application/json' },
      body,
    });

  test('lets a valid request through', async () => {
    expect((await post('{"name":"ok"}')).status).toBe(200);
  });

  test.each([
    ['{}', 'object has missing required properties (["name"])'],
    ['{"name":1}', 'instance type does not match any allowed primitive type (allowed: ["string"])'],
    [
      '{"name":"ok","other":1}',
      'object instance has properties which are not allowed by the schema: ["other"]',
    ],
    ['{"name":"too long"}', 'must NOT have more than 5 characters'],
    ['{', 'body is not valid JSON'],
  ])('refuses %s and says why', async (body, reason) => {
    const { status, json } = await post(body);

    expect([status, json().code]).toEqual([400, 'invalid_request']);
    expect(json().detail).toContain(reason);
  });

  test('refuses a request without a required parameter', async () => {
    const { status, json } = await post('{"name":"ok"}', '');

    expect([status, json().title]).toEqual([400, 'Missing required request parameters: [mode]']);
  });
});

describe('limits', () => {
  test('a method beyond its burst is throttled', async () => {
    const statuses = [];
    for (let request = 0; request < 4; request += 1) statuses.push((await send('/throttled')).status);

    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  test('a body over 10 MB is refused, whether announced or not', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const announced = await send('/echo', { method: 'POST', body: large });
    const chunked = await send('/echo', {
      method: 'POST',
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);

    expect([announced.status, chunked.status]).toEqual([413, 413]);
  });

  test("a request that makes an event over Lambda's 6 MB is refused", async () => {
    const { status } = await send('/echo', { method: 'POST', body: 'x'.repeat(6_400_000) });

    expect(status).toBe(413);
  });

  test('what is no HTTP is answered with 400 and a closed connection', async () => {
    const answer = await new Promise<string>((resolve) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(new URL(cloud.url).port), '127.0.0.1', () =>
        socket.write('nonsense\r\n\r\n'),
      );
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    });

    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});

test('the pages of the local cloud count calls and start the count again', async () => {
  await send('/count');

  const { calls } = (await send('/_local/calls')).json();
  const reset = await send('/_local/calls', { method: 'DELETE' });

  expect(calls).toContainEqual(
    expect.objectContaining({
      service: 'dynamodb',
      operation: 'UpdateItem',
      caller: expect.stringMatching(/^Api/),
      writeUnits: 1,
    }),
  );
  expect([reset.status, (await send('/_local/calls')).json().calls]).toEqual([204, []]);
  expect((await send('/_local/status')).json()).toMatchObject({ pid: process.pid });
});
