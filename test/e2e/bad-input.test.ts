import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CallCount } from '../../local/calls/call-log.ts';
import { problemSchema } from '../../shared/contract/problem.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';
import type { KeyKind } from './bad-input/bad-input.ts';
import { oddInputs } from './bad-input/odd-input.ts';
import { badInputs, toFetchOptions } from './bad-input.ts';

let fixture: ServiceFixture;
let keys: Record<KeyKind, string>;

beforeAll(async () => {
  fixture = await startServiceFixture();
  keys = { execute: await fixture.createKey('bad-input'), admin: fixture.service.keys.admin };
}, 60_000);

afterAll(() => fixture.end(), 60_000);

test.each(badInputs.map((input) => [input.name, input] as const))('refuses %s', async (_, input) => {
  const response = await fetch(`${fixture.service.url}${input.path}`, toFetchOptions(input, keys));
  const problem = problemSchema.parse(await response.json());

  expect({ status: response.status, code: problem.code, detail: problem.detail }).toEqual({
    status: input.expected.status,
    code: input.expected.code,
    detail:
      input.expected.detail === undefined ? expect.any(String) : expect.stringMatching(input.expected.detail),
  });
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  if (input.expected.pointer !== undefined) {
    expect(problem.errors).toContainEqual({ pointer: input.expected.pointer, detail: expect.any(String) });
  }
});

test('nothing of it was created, enqueued or charged', async () => {
  const list = await fixture.clientOf(keys.execute).list();
  expect(list).toMatchObject({ ok: true, body: { items: [], next: null } });

  const { calls } = (await (await fetch(`${fixture.service.url}/_local/calls`)).json()) as {
    calls: CallCount[];
  };
  const submitted = calls.filter(({ caller }) => caller.startsWith('submitexecution'));
  const operations = new Set(submitted.map(({ operation }) => operation));
  expect(operations).toContain('BatchGetItem');
  expect(operations).not.toContain('SendMessage');
  expect(operations).not.toContain('TransactWriteItems');
});

test.each(oddInputs.map((input) => [input.name, input] as const))('accepts %s', async (_, input) => {
  const response = await fetch(`${fixture.service.url}${input.path}`, toFetchOptions(input, keys));
  expect({ status: response.status, body: await response.text() }).toMatchObject({
    status: input.expected.status,
  });
});
