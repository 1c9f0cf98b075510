import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRedaction } from '../../shared/redaction/redactor.ts';
import { baits, repeat } from './corpora/baits.ts';
import { makePlainOutput } from './corpora/plain-output.ts';
import { dashes } from './corpora/random.ts';
import { makeSecrets } from './corpora/secrets.ts';

const secrets = ['correct horse battery', 'päss/wörd+1 & more', 'first line\nsecond line\n', 'ab'.repeat(40)];
const redaction = createRedaction({ secrets, contacts: true });

/** Texts in which secrets begin, end, overlap and break off. */
const piece = fc.oneof(
  fc.constantFrom(...makeSecrets(11, 1).map(({ text }) => text)),
  fc.constantFrom(...makeSecrets(12, 1).map(({ secret }) => secret)),
  fc.constantFrom(...secrets, ...secrets.map((secret) => Buffer.from(`x${secret}`).toString('base64'))),
  fc.constantFrom(...Object.values(baits)),
  fc.constantFrom(...makePlainOutput(3, 4_000).split(/(?<=\n)/)),
  fc.constantFrom(
    '\n',
    ' ',
    '"',
    '\\n',
    '-',
    '=',
    ': ',
    '\ud83d',
    '\ude00',
    '\ufffd',
    '😀',
    `${dashes}BEGIN RSA PRIVATE KEY-----\n`,
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const cutPiece = fc
  .tuple(piece, fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map(([text, skipped, dropped]) =>
    text.slice(skipped % 7 === 0 ? 0 : skipped, text.length - (dropped % 3 === 0 ? dropped : 0)),
  );
const text = fc.array(fc.oneof(piece, cutPiece), { maxLength: 14 }).map((pieces) => pieces.join(''));

function inChunks(whole: string, sizes: readonly number[], isCut: boolean) {
  const redactor = redaction.createRedactor();
  let out = '';
  let at = 0;
  for (let index = 0; at < whole.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    out += redactor.push(whole.slice(at, at + size));
    at += size;
  }
  return { text: out + redactor.end({ isCut }), counts: redactor.counts() };
}

test('chunks make no difference', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (whole, sizes, isCut) => {
        expect(inChunks(whole, sizes, isCut)).toEqual(redaction.redact(whole, { isCut }));
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each(Object.entries(baits))(
  'a stream of single characters of %s is what it is in one piece',
  (_, bait) => {
    const whole = repeat(bait, 5_000);
    expect(inChunks(whole, [1], false)).toEqual(redaction.redact(whole));
  },
);

test('a long key block is hidden to its last line', () => {
  const redactor = redaction.createRedactor();
  let out = redactor.push(`before\n${dashes}BEGIN RSA PRIVATE KEY-----\n`);
  for (let line = 0; line < 5_000; line += 1) out += redactor.push(`${'A'.repeat(64)}\n`);
  expect(out).toBe('before\n');
  out += redactor.push(`${dashes}END RSA PRIVATE KEY-----\nafter\n`) + redactor.end();
  expect(out).toBe('before\n[REDACTED:private-key]\nafter\n');
});

test('what is no secret is shown at once', () => {
  const redactor = redaction.createRedactor();
  expect(redactor.push('so far\n')).toBe('so far\n');
  expect(redactor.push('50 % done ')).toBe('50 % done ');
  expect(redactor.push('corr')).toBe('');
  expect(redactor.push('idor\n')).toBe('corridor\n');
});

test('a character is not shown by halves', () => {
  const redactor = redaction.createRedactor();
  const shown = [redactor.push('a \ud83d'), redactor.push('\ude00 b'), redactor.end()];
  expect(shown.join('')).toBe('a 😀 b');
  expect(shown.every((part) => part.isWellFormed())).toBe(true);
});
