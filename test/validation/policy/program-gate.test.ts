import { expect, test } from '@jest/globals';
import { defaultPolicy, type Policy } from '../../../shared/domain/policy.ts';
import type { Language, Program } from '../../../shared/domain/program.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate, type Inspected } from '../../../shared/validation/policy/program-gate.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });
const strict: Policy = { ...defaultPolicy, profile: 'strict' };

function inspect(
  source: string,
  policy: Policy = defaultPolicy,
  { language = 'python', files = [] }: { language?: Language; files?: Program['files'] } = {},
): Promise<Inspected> {
  return gate.inspect({ language, source, files }, policy);
}

test('a violation says where, what and what to change', async () => {
  const { violations } = await inspect('x = 1\nif x:\n    import subprocess as s\n', strict);

  expect(violations).toEqual([
    {
      rule: 'py-process-module',
      severity: 'medium',
      message: 'The module subprocess starts processes.',
      hint: 'Not allowed under policy strict. Compute in-process: subprocess has nothing to start that Python itself could not do.',
      line: 3,
      column: 5,
      snippet: '    import subprocess as s',
    },
  ]);
});

test('columns count UTF-16 units, and a long line is cut around them', async () => {
  const { violations } = await inspect(`x = "😀"; ${'y = 1; '.repeat(100)}eval("1")\n`, strict);

  expect(violations[0]).toMatchObject({ line: 1, column: 711 });
  expect(violations[0]?.snippet).toHaveLength(200);
  expect(violations[0]?.snippet).toContain('eval("1")');
});

test('standard records what strict denies', async () => {
  const source = 'import os\nprint(os.getcwd())\n';

  expect(await inspect(source)).toMatchObject({
    denied: false,
    violations: [{ hint: expect.stringMatching(/^Recorded only under policy standard\./) }],
  });
  expect((await inspect(source, strict)).denied).toBe(true);
});

test.each([
  ['an allowed module is no violation', { allowModules: ['os'] }, 'import os.path\n', false, []],
  ['an unlisted module can be allowed', { allowModules: ['numpy'] }, 'import numpy.linalg as l\n', false, []],
  [
    'a denied module is denied, though it is safe',
    { denyModules: ['json'] },
    'import json\n',
    true,
    ['denied-module'],
  ],
  ['denying wins', { allowModules: ['os'], denyModules: ['os'] }, 'import os\n', true, ['denied-module']],
  [
    'a denied part of a module is denied alone',
    { denyModules: ['xml.sax'] },
    'import xml.etree\n',
    false,
    [],
  ],
  ['severity to deny at', { denyAt: 'high' as const }, 'import os\n', false, ['py-system-module']],
])('%s', async (_, change, source, denied, rules) => {
  const inspected = await inspect(source, { ...strict, ...change });

  expect(inspected.denied).toBe(denied);
  expect(inspected.violations.map(({ rule }) => rule)).toEqual(rules);
});

test('the same source under another policy is judged anew', async () => {
  const source = 'import os as first\n';

  expect((await inspect(source)).denied).toBe(false);
  expect((await inspect(source, strict)).denied).toBe(true);
  expect((await inspect(source)).denied).toBe(false);
});

test("the program's files are read too, and its own modules need no list", async () => {
  const files: Program['files'] = [
    { path: 'tools.py', content: 'import os\nos.kill(-1, 9)\n', encoding: 'utf8' },
    { path: 'hidden.sh', content: Buffer.from('rm -rf /\n').toString('base64'), encoding: 'base64' },
    { path: 'notes.txt', content: 'rm -rf /', encoding: 'utf8' },
  ];

  const { violations } = await inspect('import tools\n', strict, { files });

  expect(violations.map(({ rule, message }) => `${rule} ${message.split(':')[0]}`)).toEqual(
    expect.arrayContaining(['py-kill-others tools.py', 'sh-delete-root hidden.sh']),
  );
  expect(violations.map(({ rule }) => rule)).not.toContain('py-unlisted-module');
});

test.each([
  ['pure computation', 'import math\nprint(math.pi)\n', { isSimple: true, imports: ['math'] }],
  ['files', 'open("a", "w").write("x")\n', { isSimple: false, features: { fileWrites: true } }],
  ['files that are read', 'print(open("a").read())\n', { isSimple: false, features: { fileWrites: false } }],
  [
    'commands',
    'import subprocess as s\ns.run(["ls"])\n',
    { isSimple: false, features: { subprocess: true } },
  ],
  ['connections', 'import socket\n', { isSimple: false, features: { network: true } }],
  ['threads', 'from threading import Thread\nThread(target=print)\n', { features: { threads: true } }],
  ['code from text', 'eval("1")\n', { isSimple: false }],
])('the analysis tells of %s', async (_, source, expected) => {
  expect((await inspect(source)).analysis).toMatchObject(expected);
});

test('lone carriage returns end lines and comments', async () => {
  const { violations } = await inspect('x = 1 # note\rimport os\ros.kill(1, 9)\n');

  expect(violations).toContainEqual(expect.objectContaining({ rule: 'py-kill-others', line: 3 }));
});

test('a program with syntax errors is still read', async () => {
  const { violations } = await inspect('def f(:\n    pass\nimport os\nos.kill(1, 9)\n');

  expect(violations.map(({ rule }) => rule)).toContain('py-kill-others');
});

test('a snippet shows what would hide or reorder its line', async () => {
  const { violations } = await inspect('import os\nos.kill(1, 9)  # \u202e\u0007hidden\n');

  expect(violations).toContainEqual(
    expect.objectContaining({ line: 2, snippet: 'os.kill(1, 9)  # \ufffd\u2407hidden' }),
  );
});
