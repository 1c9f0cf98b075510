import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient, SubmitBody } from '../../scripts/cordon-client.ts';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let client: CordonClient;

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
}, 60_000);

afterAll(() => fixture.end(), 60_000);

async function run(body: SubmitBody): Promise<ExecutionView> {
  const answer = await client.submit(body, { waitSeconds: 25 });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

const secrets = { API_PASSWORD: 'correct horse "battery"', CERT: 'line one\nline two' };

test.each<SubmitBody>([
  {
    language: 'python',
    source: [
      'import os, sys, json, base64, urllib.parse',
      's = os.environ["API_PASSWORD"]',
      'print(s, json.dumps(s), base64.b64encode(s.encode()).decode(), s.encode().hex(), urllib.parse.quote(s))',
      'print(os.environ["CERT"], file=sys.stderr)',
      'print("AK" + "IA" + "QWERTYUIOP234567", "f47ac10b-58cc-4372-a567-0e02b2c3d479")',
      'raise ValueError("refused " + s)',
    ].join('\n'),
  },
  {
    language: 'javascript',
    source: [
      'const s = process.env.API_PASSWORD;',
      'const text = [s, JSON.stringify(s), btoa(s), Buffer.from(s).toString("hex"), encodeURIComponent(s)].join(" ");',
      'console.log(text);',
      'console.error(process.env.CERT);',
      'console.log("AK" + "IA" + "QWERTYUIOP234567", "f47ac10b-58cc-4372-a567-0e02b2c3d479");',
      'throw new TypeError("refused " + s);',
    ].join('\n'),
  },
])('$language: secrets reach the program and nothing that it writes', async (body) => {
  const execution = await run({ ...body, secrets });

  const mark = '[REDACTED:marked-secret]';
  expect(execution.stdout).toBe(
    `${mark} "${mark}" ${mark} ${mark} ${mark}\n[REDACTED:aws-access-key] f47ac10b-58cc-4372-a567-0e02b2c3d479\n`,
  );
  expect(execution.stderr).toContain(`${mark}\n`);
  expect(execution.error?.message).toBe(`refused ${mark}`);
  expect(execution.redactions).toEqual(
    expect.arrayContaining([
      { kind: 'marked-secret', stream: 'stdout', count: 5 },
      { kind: 'aws-access-key', stream: 'stdout', count: 1 },
      { kind: 'marked-secret', stream: 'error', count: 1 },
    ]),
  );

  const read = await client.get(execution.id);
  const list = await client.list({ limit: 1 });
  expect(JSON.stringify([execution, read, list])).not.toMatch(/correct horse|line two|QWERTYUIOP|Y29ycmVjd/);
  expect(list).toMatchObject({ body: { items: [{ redactions: execution.redactions }] } });
});

test.each<[string, Partial<SubmitBody>, number, string]>([
  ['too short', { secrets: { A: 'sh0rt!' } }, 400, 'at least 8 characters'],
  ['short but for its line breaks', { secrets: { A: 'a\nb\nc\nd\ne' } }, 400, 'at least 8 characters'],
  ['of few letters', { secrets: { A: 'aaaaaaaaaaaa' } }, 400, 'different characters'],
  ['named as no variable is', { secrets: { 'A-B': 'correct horse' } }, 400, 'variable name'],
  ['named as one of env', { env: { A: 'x' }, secrets: { A: 'correct horse' } }, 400, 'also in env'],
  ['too long', { secrets: { A: 'abcd'.repeat(1_025) } }, 400, ''],
  ['too large together', { secrets: manySecrets(5, 4_000) }, 413, 'together'],
  ['too many', { secrets: manySecrets(33, 10) }, 400, 'names'],
])('secrets that are %s are refused, and not shown', async (_, body, status, reason) => {
  const answer = await client.submit({ language: 'python', source: 'print(1)', ...body });

  expect(answer).toMatchObject({ ok: false, status });
  expect(JSON.stringify(answer)).toContain(reason);
  for (const value of Object.values(body.secrets ?? {}))
    expect(JSON.stringify(answer)).not.toContain(`${value}`);
});

function manySecrets(count: number, length: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`S${index}`, 'abcdefghij'.repeat(length / 10)]),
  );
}
