import { expect, test } from '@jest/globals';
import { createRedaction } from '../../shared/redaction/redactor.ts';
import { repeat } from './corpora/baits.ts';
import { dashes } from './corpora/random.ts';

const secret = 'swórd/fish & \'chips\' + "peas"?';
const redaction = createRedaction({ secrets: [secret, 'tr0ub4dor&3 tail'] });
const bytes = Buffer.from(secret);

function wrap(text: string, columns: number, lineBreak = '\n'): string {
  return text.match(new RegExp(`.{1,${columns}}`, 'g'))?.join(lineBreak) ?? '';
}

const inData = (offset: number) => Buffer.concat([Buffer.alloc(offset, 'x'), bytes, Buffer.from('tail')]);

const spellings: Record<string, string> = {
  'as it is': secret,
  'as the bytes of UTF-8 read as Latin 1': bytes.toString('latin1'),
  'in base64': bytes.toString('base64'),
  'in base64 without padding': bytes.toString('base64').replace(/=+$/, ''),
  'in URL-safe base64': bytes.toString('base64url'),
  'in base64 of a text, first offset': inData(3).toString('base64'),
  'in base64 of a text, second offset': inData(4).toString('base64'),
  'in base64 of a text, third offset': inData(5).toString('base64'),
  'in base64 with lines of 76 characters': wrap(inData(70).toString('base64'), 76),
  'in base64 with lines of 8 characters that end in CR LF': wrap(inData(70).toString('base64'), 8, '\r\n'),
  'in hexadecimal': bytes.toString('hex'),
  'in upper-case hexadecimal': bytes.toString('hex').toUpperCase(),
  'encoded by encodeURIComponent': encodeURIComponent(secret),
  'in a form': new URLSearchParams({ q: secret }).toString(),
  'with lower-case URL escapes': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'in JSON': JSON.stringify({ a: secret }),
  'in JSON with ASCII only': JSON.stringify({ a: secret }).replace('ó', '\\u00f3'),
  'in HTML': secret.replace('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;'),
  'in a wrapped line': wrap(secret, 10),
};

test.each(Object.entries(spellings))('a marked value is redacted %s', (_, spelling) => {
  const { text, counts } = redaction.redact(`before ${spelling} after`);

  expect(counts).toEqual({ 'marked-secret': 1 });
  expect(text).toMatch(/^before .{0,120}\[REDACTED:marked-secret\].{0,12} after$/s);
});

test('overlapping and adjacent values leave nothing', () => {
  const { redact } = createRedaction({ secrets: ['abcdefgh-one', 'fgh-one-and-two'] });
  expect(redact('<abcdefgh-one-and-two>').text).toBe('<[REDACTED:marked-secret]>');
  expect(redact('<abcdefgh-oneabcdefgh-one>').counts).toEqual({ 'marked-secret': 2 });
});

test('a marked value names the finding, whatever else it looks like', () => {
  const value = `gh${'p'}_${'Ab1'.repeat(12)}`;
  const { redact } = createRedaction({ secrets: [value] });
  expect(redact(`token=${value}`).text).toBe('token=[REDACTED:marked-secret]');
});

test('where an output was cut, the beginning of a value is redacted', () => {
  const { redact } = redaction;
  for (let length = 4; length < secret.length; length += 1) {
    expect(redact(`out ${secret.slice(0, length)}`, { isCut: true }).text).toBe(
      'out [REDACTED:marked-secret]',
    );
  }
  expect(redact(`out ${secret.slice(0, 3)}`, { isCut: true }).text).toBe(`out ${secret.slice(0, 3)}`);
  expect(redact('out tr0ub4dor').text).toBe('out tr0ub4dor');
});

test('where an output was cut, so is the beginning of a token or key', () => {
  const { redact } = createRedaction();
  expect(redact(`out gh${'p'}_a1B2c3D4e5`, { isCut: true }).text).toBe(
    `out gh${'p'}_[REDACTED:github-token]`,
  );
  expect(redact(`${dashes}BEGIN PRIVATE KEY-----\nMIIE`, { isCut: true }).text).toBe(
    '[REDACTED:private-key]',
  );
  expect(redact('"password": "hunt', { isCut: true }).text).not.toContain('hunt');
});

test('long values of few letters in a text of them take no longer than others', () => {
  const { redact } = createRedaction({
    secrets: ['ab'.repeat(2_000), `${'ab'.repeat(1_900)}c`, 'abababcd'.repeat(500)],
  });
  expect(redact(repeat('ab', 1_000_000)).counts).toEqual({ 'marked-secret': 1 });
});

test('a value that begins in a key block and goes on after it is hidden to its end', () => {
  const end = `${dashes}END PRIVATE KEY-----\n`;
  const marked = createRedaction({ secrets: [`MIIE\n${end}and its comment`] });
  expect(
    marked.redact(`${dashes}BEGIN PRIVATE KEY-----\nMIIE\n${end}and its comment, shown`).text,
  ).not.toContain('comment');
});
