import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutSnippet } from '../../shared/validation/snippet.ts';

test.each([
  ['a short line', 'x = 1', 3, 'x = 1'],
  ['the start of a long line', 'a'.repeat(500), 1, 'a'.repeat(200)],
  ['the middle', `${'a'.repeat(300)}X${'b'.repeat(300)}`, 301, `${'a'.repeat(100)}X${'b'.repeat(99)}`],
  ['the end', `${'a'.repeat(300)}X`, 301, `${'a'.repeat(199)}X`],
  ['a column past the end', `${'a'.repeat(300)}X`, 9_999, `${'a'.repeat(199)}X`],
  ['no half of a pair at the end', `${'a'.repeat(199)}😀${'b'.repeat(99)}`, 1, 'a'.repeat(199)],
  ['no half of a pair at the start', `😀${'a'.repeat(199)}`, 150, 'a'.repeat(199)],
  ['control characters, made visible', '\ta\0\x1b[31m\x7f\r', 1, '␉a␀␛[31m␡␍'],
  ['marks that reorder text', 'a\u202eb\u2066c\u2028d\x85e', 1, 'a\ufffdb\ufffdc\ufffdd\ufffde'],
  ['half surrogates', 'a\ud800b\udc00', 1, 'a\ufffdb\ufffd'],
])('shows %s', (_, line, column, expected) => {
  expect(cutSnippet(line, column)).toBe(expected);
});

test('is well-formed, without controls and at most 200 long, whatever the line', () => {
  const line = fc.string({ unit: 'binary', maxLength: 600 });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 700 }), (text, column) => {
      const snippet = cutSnippet(text, column);
      expect(snippet.length).toBeLessThanOrEqual(200);
      expect(snippet.isWellFormed()).toBe(true);
      expect(snippet).not.toMatch(/\p{Cc}/u);
    }),
  );
});
