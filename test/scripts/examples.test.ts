import { describe, expect, it } from '@jest/globals';
import { diffLines } from '../../scripts/examples/diff-lines.ts';
import { loadExamples, loadExpected } from '../../scripts/examples/load-examples.ts';
import { runNatively } from '../../scripts/examples/run-natively.ts';

describe('the examples', () => {
  it('each have a program of 25 to 120 lines and an expected result', async () => {
    const examples = await loadExamples();

    expect(examples.length).toBeGreaterThanOrEqual(30);
    for (const { name, request } of examples) {
      const lines = request.source.split('\n').length - 1;
      expect({ name, fits: lines >= 25 && lines <= 120 }).toEqual({ name, fits: true });
      await expect(loadExpected(name)).resolves.toMatchObject({ stdout: expect.any(String) });
    }
  });

  it('record the line of an error as it is in the TypeScript file', async () => {
    const [example] = await loadExamples('ts-order-error');
    if (example === undefined) throw new Error('the example is gone');

    const result = await runNatively(example, 0);

    expect(result).toEqual(await loadExpected(example.name));
  });
});

describe('diffLines', () => {
  it.each<[string, string, string, string[]]>([
    ['shows a replaced line in its context', 'a\nb\nc\n', 'a\nB\nc\n', ['  a', '- b', '+ B', '  c']],
    ['shows an added line', 'a\n', 'a\nb\n', ['  a', '+ b']],
    ['shows a missing final newline', 'a\n', 'a', ['- a', '+ a (no newline at the end)']],
    [
      'leaves out what is far from a change',
      '1\n2\n3\n4\n5\n',
      '1\n2\n3\n4\nx\n',
      ['  3', '  4', '- 5', '+ x'],
    ],
    ['shows nothing for equal texts', 'a\n', 'a\n', []],
  ])('%s', (_name, before, after, lines) => {
    expect(diffLines(before, after)).toEqual(lines);
  });

  it('cuts a diff of more than 40 lines', () => {
    const before = Array.from({ length: 60 }, (_, index) => `${index}\n`).join('');

    const lines = diffLines(before, '');

    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toBe('… 20 more lines');
  });
});
