import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import type { Throttle } from '../../shared/domain/throttle.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end(), 60_000);

async function clientWith(throttle?: Throttle): Promise<CordonClient> {
  const own = throttle === undefined ? {} : { throttle };
  const answer = await fixture.admin.createKey({ tenant: 'acme', scopes: ['execute', 'read'], ...own });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return fixture.clientOf(answer.body.key);
}

test('every answer about executions says what the key may do, errors included', async () => {
  const client = await clientWith();
  const answers = [
    await client.submit({ language: 'python', source: 'print(1)' }),
    await client.submit({ language: 'python', source: 'print(' }),
    await client.list(),
    await client.get('exe_00000000000000000000000000'),
    await client.getQuota(),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 200, 404, 200]);
  for (const { headers } of answers) {
    expect(headers.get('ratelimit-policy')).toBe('"requests";q=100;w=2');
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+$/);
    expect(headers.get('x-request-id')).not.toBeNull();
  }
});

test('a key gets its burst over all functions, and then is told when to come again', async () => {
  const client = await clientWith({ burst: 4, ratePerSecond: 0.01 });
  const answers = [];
  for (let turn = 0; turn < 10; turn += 1) answers.push(await client.list(), await client.getQuota());

  const throttled = answers.filter(({ status }) => status === 429);

  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled.length).toBeLessThanOrEqual(20 - 4);
  for (const answer of throttled) expect(answer).toMatchObject({ problem: { code: 'throttled' } });
  expect(Number(throttled[0]?.headers.get('retry-after'))).toBeGreaterThan(1);
  expect(await (await clientWith()).list()).toMatchObject({ status: 200 });
});

test.each([
  { burst: 0, ratePerSecond: 1 },
  { burst: -5, ratePerSecond: 1 },
  { burst: 1e9, ratePerSecond: 1 },
  { burst: 5, ratePerSecond: 0 },
])('no key is created with %j', async (throttle) => {
  const created = await fixture.admin.createKey({ tenant: 'acme', scopes: ['read'], throttle });
  expect(created).toMatchObject({ status: 400, problem: { code: 'invalid_request' } });
});
