import { describe, expect, test } from '@jest/globals';
import { redactBytes } from '../../shared/redaction/redact-bytes.ts';
import { createRedaction } from '../../shared/redaction/redactor.ts';
import { longestKeyword } from '../../shared/redaction/rule.ts';
import { rulesWithContacts } from '../../shared/redaction/rules/all-rules.ts';
import { baits, repeat } from './corpora/baits.ts';
import { dashes } from './corpora/random.ts';

const { redact } = createRedaction();

test.each(rulesWithContacts.map((rule) => [rule.kind, rule] as const))(
  '%s keeps the promises of a rule',
  (kind, rule) => {
    expect(kind).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(rule.pattern.sticky).toBe(true);
    expect(rule.pattern.source).not.toMatch(/(?<!\\)[*+](?![^[]*\])/);
    for (const keyword of rule.keywords) {
      expect(keyword).toBe(keyword.toLowerCase());
      expect(keyword).not.toMatch(/\s/);
      expect(keyword.length).toBeLessThanOrEqual(longestKeyword);
    }
    expect(rule.keywords.length > 0).toBe(rule.trigger === undefined);
  },
);

const key = `AK${'IA'}${'QWERTYUIOP234567'}`;

test.each<[string, string, string]>([
  ['in a JSON string', `{"k":"${key}"}`, '{"k":"[REDACTED:aws-access-key]"}'],
  ['in a URL', `https://x.io/?k=${key}&n=1`, 'https://x.io/?k=[REDACTED:aws-access-key]&n=1'],
  ['after an escaped line break', `"a\\n${key}\\n"`, '"a\\n[REDACTED:aws-access-key]\\n"'],
  ['twice in a row', `${key} ${key}`, '[REDACTED:aws-access-key] [REDACTED:aws-access-key]'],
  ['under a name that would do by itself', `api_key="${key}"`, 'api_key="[REDACTED:aws-access-key]"'],
  ['within a word it is none', `x${key}`, `x${key}`],
  ['with more after it is none', `${key}QWERTY`, `${key}QWERTY`],
  ['a password in a URL', 'postgres://app:s3cr3t@db/x', 'postgres://app:[REDACTED:connection-string]@db/x'],
  [
    'a long token without quotes',
    `auth_token=${'a1B2c3D4e5'.repeat(80)}\n`,
    'auth_token=[REDACTED:named-secret]\n',
  ],
  ['a key block without an end', `${dashes}BEGIN EC PRIVATE KEY-----\nMHc\nmore`, '[REDACTED:private-key]'],
  [
    'a key block that is only mentioned',
    `no ${dashes}BEGIN PRIVATE KEY----- in it`,
    `no ${dashes}BEGIN PRIVATE KEY----- in it`,
  ],
  ['a public key', `${dashes}BEGIN PUBLIC KEY-----\nMHc\n`, `${dashes}BEGIN PUBLIC KEY-----\nMHc\n`],
  ['a number that fails the formula of Luhn', '4111 1111 1111 1112', '4111 1111 1111 1112'],
  ['a number of no issuer', '1111 1111 1111 1117', '1111 1111 1111 1117'],
  [
    'an SSN that was never assigned',
    '666-12-3456 000-12-3456 123-00-4567',
    '666-12-3456 000-12-3456 123-00-4567',
  ],
  ['an email address', 'ada@example.com', 'ada@example.com'],
  ['a phone number', '+1 (415) 555-2671', '+1 (415) 555-2671'],
])('%s', (_, text, expected) => {
  expect(redact(text).text).toBe(expected);
});

test('email addresses and phone numbers are redacted for those who ask', () => {
  const { text } = createRedaction({ contacts: true }).redact(
    'ada@example.com or +1 (415) 555-2671, 415-555-2671.',
  );
  expect(text).toBe('[REDACTED:email] or [REDACTED:phone-number], [REDACTED:phone-number].');
});

describe('bad input', () => {
  test.each(Object.entries(baits))('a megabyte of %s ends', (_, bait) => {
    const megabyte = repeat(bait, 1_000_000);
    expect(redact(megabyte).text.length).toBeLessThan(5_000_000);
  });

  test.each([
    ['lone surrogates', '\ud800\udc00\udfff\ud83d'],
    ['replacement characters', '\ufffd'.repeat(99)],
    ['control characters', '\0\x01\x7f\u2028'],
    ['nothing', ''],
  ])('%s are characters like any other', (_, odd) => {
    expect(redact(`${odd}${key}${odd}`).text).toBe(`${odd}[REDACTED:aws-access-key]${odd}`);
  });

  test('invalid UTF-8 stays as it is around what is redacted', () => {
    const odd = Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x0a]);
    const { bytes, counts } = redactBytes(
      createRedaction({ secrets: ['päss wörd'] }),
      Buffer.concat([odd, Buffer.from(key), odd, Buffer.from('päss wörd'), odd]),
    );
    const marks = ['[REDACTED:aws-access-key]', '[REDACTED:marked-secret]'].map((mark) => Buffer.from(mark));
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([odd, marks[0] as Buffer, odd, marks[1] as Buffer, odd]),
    );
    expect(counts).toEqual({ 'aws-access-key': 1, 'marked-secret': 1 });
  });
});
