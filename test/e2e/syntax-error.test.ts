import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient, SubmitBody } from '../../scripts/cordon-client.ts';
import type { Language } from '../../shared/domain/program.ts';
import type { Violation } from '../../shared/domain/violation.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let client: CordonClient;

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
}, 60_000);

afterAll(() => fixture.end(), 60_000);

const refused: Record<Language, [source: string, first: Partial<Violation>]> = {
  python: [
    'x = 1\nif x == 1\n    print(x)\n',
    {
      line: 2,
      column: 10,
      message: 'Expected `:`, found newline',
      hint: 'Add a colon.',
      snippet: 'if x == 1',
    },
  ],
  javascript: [
    'const a = {\n  b: 1\n  c: 2,\n};\n',
    { line: 3, column: 3, message: 'Unexpected token `c`, expected ","', snippet: '  c: 2,' },
  ],
  typescript: [
    'const a: number = 1;\nlet b: = 2;\n',
    { line: 2, column: 8, message: 'Unexpected token `=`', snippet: 'let b: = 2;' },
  ],
  bash: [
    'if true; then\n  echo a\ndone\n',
    { line: 3, column: 1, message: "Unexpected token 'done'", snippet: 'done' },
  ],
};

test.each(Object.entries(refused) as [Language, (typeof refused)[Language]][])(
  'refuses wrong %s with the place and what to change',
  async (language, [source, first]) => {
    const answer = await client.submit({ language, source });

    expect(answer).toMatchObject({
      ok: false,
      status: 422,
      problem: {
        type: 'urn:cordon:problem:syntax_error',
        code: 'syntax_error',
        detail: `Line ${first.line}: ${first.message}`,
        violations: [{ rule: 'syntax', severity: 'high', ...first }],
      },
    });
  },
);

test('refuses a megabyte of brackets', async () => {
  const answer = await client.submit({ language: 'python', source: '('.repeat(1_000_000) });

  expect(answer).toMatchObject({ ok: false, status: 422, problem: { code: 'syntax_error' } });
});

test('nothing of it was created, enqueued or charged', async () => {
  expect(await client.list()).toMatchObject({ ok: true, body: { items: [], next: null } });

  const answer = await fetch(`${fixture.service.url}/_local/calls`);
  const { calls } = (await answer.json()) as { calls: { operation: string; caller: string }[] };
  const submitted = calls.filter(({ caller }) => caller.startsWith('submitexecution'));
  const operations = new Set(submitted.map(({ operation }) => operation));
  expect(operations).toContain('BatchGetItem');
  expect(operations).not.toContain('SendMessage');
  expect(operations).not.toContain('TransactWriteItems');
});

const accepted: [string, SubmitBody][] = [
  [
    'Python with an encoding declaration and CRLF',
    { language: 'python', source: '# -*- coding: latin-1 -*-\r\nprint("é")\r\n' },
  ],
  [
    'CommonJS',
    { language: 'javascript', source: 'const { EOL } = require("os");\nprocess.stdout.write("é" + EOL);' },
  ],
  [
    'an ES module',
    { language: 'javascript', source: 'import { EOL } from "os";\nprocess.stdout.write((await "é") + EOL);' },
  ],
  [
    'TypeScript that is rewritten',
    { language: 'typescript', source: 'enum A { B = "é" }\nconsole.log(A.B satisfies string);' },
  ],
];

test.each(accepted)('runs %s', async (_, body) => {
  expect(await client.submit(body, { waitSeconds: 25 })).toMatchObject({
    body: { outcome: 'succeeded', stdout: 'é\n' },
  });
});
