import { afterAll, describe, expect, test } from '@jest/globals';
import { languages } from '../../../shared/domain/program.ts';
import { createSyntaxChecker } from '../../../shared/validation/syntax/syntax-checker.ts';
import { hostilePrograms } from './hostile-programs.ts';

const checker = createSyntaxChecker();
afterAll(() => checker.close());

describe.each(languages)('hostile %s', (language) => {
  test.each(Object.entries(hostilePrograms[language]))(
    '%s: a verdict, and the next program gets one too',
    async (_, source) => {
      for (const { message, snippet } of await checker.check({ language, source })) {
        expect(message.length).toBeLessThanOrEqual(301);
        expect(snippet?.length ?? 0).toBeLessThanOrEqual(200);
      }

      expect(await checker.check({ language, source: 'x = )' })).toHaveLength(1);
    },
  );
});

test.each([
  ['python', '('],
  ['javascript', '('],
  ['typescript', 'let a: A<'],
  ['bash', '$('],
] as const)('refuses %s full of %j', async (language, opening) => {
  const [first] = await checker.check({ language, source: opening.repeat(100_000) });

  expect(first).toMatchObject({ rule: 'syntax', severity: 'high' });
});

test.each([
  [200, []],
  [201, [expect.objectContaining({ message: expect.stringContaining('nested parentheses'), line: 2 })]],
])('takes %i nested parentheses in Python as CPython does', async (depth, violations) => {
  const source = `# (\nx = ${'('.repeat(depth)}1${')'.repeat(depth)}\n`;

  expect(await checker.check({ language: 'python', source })).toEqual(violations);
});

test('answers each of many at the same time, hostile ones among them', async () => {
  const sources = Array.from({ length: 12 }, (_, index) => (index % 4 === 0 ? '('.repeat(50_000) : 'x = 1'));

  const answers = await Promise.all(sources.map((source) => checker.check({ language: 'python', source })));

  // A busy machine may come to no verdict on the hostile ones, which must cost the others nothing.
  const ofRightPrograms = answers.filter((_, index) => sources[index] === 'x = 1');
  expect(ofRightPrograms.flat()).toEqual([]);
  expect(await checker.check({ language: 'python', source: 'x = = 1' })).toHaveLength(1);
});
