import { type BadInput, invalid, rawSubmission, tooLarge, validBody } from './bad-input.ts';

const valid = JSON.stringify(validBody);
const depth = 100_000;

/** Bodies that are not a JSON object in UTF-8, or not announced as one. */
export const badBodies: BadInput[] = [
  ...Object.entries({
    'a truncated body': valid.slice(0, -1),
    'a body cut inside a string': valid.slice(0, -4),
    'a trailing comma': '{"language":"python","source":"print(1)",}',
    'single quotes': "{'language':'python','source':'print(1)'}",
    'unquoted names': '{language:"python",source:"print(1)"}',
    'a comment': `/* run */ ${valid}`,
    'two JSON texts': `${valid}${valid}`,
    'a byte order mark': `\ufeff${valid}`,
    'a raw newline inside a string': '{"language":"python","source":"print(1)\n"}',
    'an unknown escape': '{"language":"python","source":"\\x41"}',
    'the word NaN': '{"language":"python","source":"print(1)","limits":{"wallTimeMs":NaN}}',
    'a form': 'language=python&source=print(1)',
    'a bare program': 'print(1)',
    'only white space': ' \n ',
    'an empty body': '',
    [`${depth} opening brackets`]: '['.repeat(depth),
    [`${depth} nested arrays`]: `${'['.repeat(depth)}${']'.repeat(depth)}`,
    [`${depth} nested objects in a field`]: `{"language":"python","source":"1","context":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
  }).map(([name, body]) => ({ name, ...rawSubmission(body), expected: invalid() })),

  ...['null', 'true', '42', '"print(1)"', '[]', `[${valid}]`].map((body) => ({
    name: `the JSON value ${body}`,
    ...rawSubmission(body),
    expected: invalid(),
  })),

  ...Object.entries({
    'a lone continuation byte': [0x80],
    'a cut multi-byte character': [0xe2, 0x82],
    'an overlong encoding of /': [0xc0, 0xaf],
    'an encoded surrogate': [0xed, 0xa0, 0x80],
    'the byte 0xff': [0xff],
  }).map(([name, bytes]) => ({
    name: `${name} in the source`,
    ...rawSubmission(
      Buffer.concat([
        Buffer.from('{"language":"python","source":"print(1) #'),
        Buffer.from(bytes),
        Buffer.from('"}'),
      ]),
    ),
    expected: invalid(),
  })),
  { name: 'a body in UTF-16', ...rawSubmission(Buffer.from(valid, 'utf16le')), expected: invalid() },

  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/xml',
    'text/json',
  ].map((type) => ({
    name: `the content type ${type}`,
    ...rawSubmission(valid),
    headers: { 'content-type': type },
    expected: invalid(undefined, /content type/i),
  })),
  {
    name: 'a body without a content type',
    ...rawSubmission(Buffer.from(valid)),
    headers: { 'content-type': null },
    expected: invalid(undefined, /content type/i),
  },

  {
    name: 'a body of 11 MB',
    ...rawSubmission(JSON.stringify({ ...validBody, stdin: 'x'.repeat(11_000_000) })),
    expected: tooLarge(),
  },
  {
    name: 'a body of 7 MB',
    ...rawSubmission(JSON.stringify({ ...validBody, stdin: 'x'.repeat(7_000_000) })),
    expected: tooLarge(),
  },
];
