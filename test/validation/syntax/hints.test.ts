import { afterAll, expect, test } from '@jest/globals';
import type { Language } from '../../../shared/domain/program.ts';
import { createSyntaxChecker } from '../../../shared/validation/syntax/syntax-checker.ts';

const checker = createSyntaxChecker();
afterAll(() => checker.close());

test.each<[Language, string, RegExp | null]>([
  ['python', 'print "a"\n', /print is a function/],
  ['python', 'if a:\n    b\nelse if c:\n    d\n', /elif/],
  ['python', 'if a && b:\n    c\n', /writes and/],
  ['python', 'x = 1\nx++\n', /\+= 1/],
  ['python', 'let x = 1\n', /"language"/],
  ['python', 'x = f(1,\n', /Close the bracket/],
  ['python', 'print(\u201ca\u201d)\n', /straight quotes/],
  ['python', '```python\nx\n```\n', /Markdown/],
  ['python', 'await f()\n', /asyncio\.run/],
  ['python', 'return 1\n', /sys\.exit/],
  ['javascript', 'if (a and b) {}\n', /&&/],
  ['javascript', 'def f(x):\n  return x\n', /"language"/],
  ['javascript', 'const a: number = 1;\n', /typescript/],
  ['javascript', 'const a = <b>c</b>;\n', /template string/],
  ['javascript', 'const r = /(?P<a>b)/;\n', /\?<name>/],
  ['typescript', 'const a: = 1;\n', null],
  ['bash', 'if a; then\n  b\n', /fi/],
  ['bash', 'for a in b; do\ndone\n', /colon/],
  ['bash', "echo it's\n", /apostrophe/],
])('says what to change in %s: %j', async (language, source, hint) => {
  const [first] = await checker.check({ language, source });

  expect(first).toMatchObject({ hint: hint === null ? null : expect.stringMatching(hint) });
});
