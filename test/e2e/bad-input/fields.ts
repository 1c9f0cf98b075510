import { type BadInput, invalid, rawSubmission, submission, tooLarge } from './bad-input.ts';

/** Per field, values that have the wrong type or aren't among its words. */
const wrongValues: Record<string, unknown[]> = {
  language: [null, 1, ['python'], '', 'ruby', 'Python', 'PYTHON', 'python ', 'python3', 'js', 'constructor'],
  source: [null, 1, true, ['print(1)'], { text: 'print(1)' }],
  stdin: [null, 1, ['x'], {}],
  args: [null, 'x', { 0: 'x' }, 1],
  env: [null, 'A=B', ['A'], 1],
  secrets: [null, 'A=B', ['A'], 1],
  files: [null, 'data.csv', { path: 'a', content: '' }, 1],
  limits: [null, 1, '30000', []],
  backend: [null, 1, '', 'docker', 'WASM', ['wasm']],
  network: [null, '', 'full', 'internet', false],
  policy: [null, '', 'lenient', 'off', 1],
  cache: [null, '', 'on', true],
  stream: [null, 'true', 1, 'false'],
  artifacts: [null, '*', {}, [1]],
  user: [null, 1, '', {}],
  callbackUrl: [
    ...[null, 1, '', {}, ['https://example.com/'], 'example.com', '/done', 'ftp://example.com/', 'https://'],
    ...['https://user:secret@example.com/', 'https://example.com/#part', 'https://example.com/ x'],
    ...[`https://example.com/${'x'.repeat(2_048)}`, 'https://169.254.169.254/', 'https://10.0.0.1/'],
  ],
  metadata: [null, 'k=v', [], 1],
};

const unknownNames = ['colour', 'Language', 'code', 'timeout', 'id', 'tenant', 'constructor', 'tenant.id'];

/** Members of the request with the wrong type, spelling, characters or size; limits and files have tables of their own. */
export const badFields: BadInput[] = [
  ...Object.entries(wrongValues).flatMap(([field, values]) =>
    values.map((value) => ({
      name: `${field} ${JSON.stringify(value)}`,
      ...submission({ [field]: value }),
      expected: invalid(Array.isArray(value) && field === 'artifacts' ? undefined : `#/${field}`),
    })),
  ),
  ...unknownNames.map((name) => ({
    name: `the unknown field ${name}`,
    ...submission({ [name]: 'x' }),
    expected: invalid(`#/${name}`),
  })),
  { name: 'an empty object', ...rawSubmission('{}'), expected: invalid('#/language') },
  { name: 'no language', ...rawSubmission('{"source":"print(1)"}'), expected: invalid('#/language') },
  { name: 'no source', ...rawSubmission('{"language":"python"}'), expected: invalid('#/source') },

  ...Object.entries({
    'an empty source': '',
    'a source of white space': ' \n\t\r\n ',
    'a source that is only a byte order mark': '\ufeff',
    'NUL in the source': 'print(1)\0',
    'a lone high surrogate in the source': 'print("\ud800")',
    'a lone low surrogate in the source': '# \udc00',
    'surrogates in the wrong order in the source': '# \udc00\ud800',
  }).map(([name, source]) => ({ name, ...submission({ source }), expected: invalid('#/source') })),
  {
    name: 'a source of 1,000,001 bytes',
    ...submission({ source: `#${'x'.repeat(1_000_000)}` }),
    expected: tooLarge('#/source'),
  },
  {
    name: 'a source of 333,334 characters of three bytes',
    ...submission({ source: `#${'€'.repeat(333_333)}x` }),
    expected: tooLarge('#/source'),
  },
  {
    name: 'a stdin of 1,000,001 bytes',
    ...submission({ stdin: 'x'.repeat(1_000_001) }),
    expected: tooLarge('#/stdin'),
  },
  {
    name: 'a stdin of 1,000,002 bytes in 500,001 characters',
    ...submission({ stdin: 'é'.repeat(500_001) }),
    expected: tooLarge('#/stdin'),
  },
  { name: 'a lone surrogate in stdin', ...submission({ stdin: '\ud83d' }), expected: invalid('#/stdin') },

  {
    name: 'a context of 1,000,001 bytes',
    ...submission({ context: 'x'.repeat(999_999) }),
    expected: tooLarge('#/context'),
  },
  ...[101, 5_000].map((depth) => ({
    name: `a context nested ${depth} deep`,
    ...rawSubmission(
      `{"language":"python","source":"print(1)","context":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    ),
    expected: invalid(),
  })),

  ...[[1], ['a', null], [['a']], ['a', true], [{}]].map((args) => ({
    name: `args ${JSON.stringify(args)}`,
    ...submission({ args }),
    expected: invalid(`#/args/${args.length - 1}`),
  })),
  { name: 'NUL in an argument', ...submission({ args: ['a', 'b\0c'] }), expected: invalid('#/args/1') },
  {
    name: 'a lone surrogate in an argument',
    ...submission({ args: ['\udfff'] }),
    expected: invalid('#/args/0'),
  },
  { name: '101 arguments', ...submission({ args: Array(101).fill('a') }), expected: invalid('#/args') },
  {
    name: 'an argument of 4,097 characters',
    ...submission({ args: ['x'.repeat(4_097)] }),
    expected: invalid('#/args/0'),
  },

  ...['', 'A=B', '1ST', 'A-B', 'A B', 'É', 'A\n', 'A\0', '__proto__x y'].map((name) => ({
    name: `the environment name ${JSON.stringify(name)}`,
    ...submission({ env: { [name]: 'x' } }),
    expected: invalid(`#/env/${encodeURIComponent(name)}`),
  })),
  ...[null, 1, true, ['x'], {}].map((value) => ({
    name: `the environment value ${JSON.stringify(value)}`,
    ...submission({ env: { NAME: value } }),
    expected: invalid('#/env/NAME'),
  })),
  {
    name: 'NUL in an environment value',
    ...submission({ env: { A: 'b\0c' } }),
    expected: invalid('#/env/A'),
  },
  {
    name: 'an environment value of 4,097 characters',
    ...submission({ env: { A: 'x'.repeat(4_097) } }),
    expected: invalid('#/env/A'),
  },
  { name: '101 environment names', ...submission({ env: keyed(101) }), expected: invalid('#/env') },

  ...[null, 1, false, ['v'], { deep: 'v' }].map((value) => ({
    name: `the metadata value ${JSON.stringify(value)}`,
    ...submission({ metadata: { k: value } }),
    expected: invalid('#/metadata/k'),
  })),
  {
    name: 'an empty metadata key',
    ...submission({ metadata: { '': 'v' } }),
    expected: invalid('#/metadata/'),
  },
  {
    name: 'a metadata key of 65 characters',
    ...submission({ metadata: { ['k'.repeat(65)]: 'v' } }),
    expected: invalid(`#/metadata/${'k'.repeat(65)}`),
  },
  {
    name: 'a metadata value of 513 characters',
    ...submission({ metadata: { k: 'v'.repeat(513) } }),
    expected: invalid('#/metadata/k'),
  },
  { name: '51 metadata keys', ...submission({ metadata: keyed(51) }), expected: invalid('#/metadata') },
  {
    name: 'a lone surrogate in metadata',
    ...submission({ metadata: { k: '\ud800' } }),
    expected: invalid('#/metadata/k'),
  },
  { name: 'a user of 129 characters', ...submission({ user: 'u'.repeat(129) }), expected: invalid('#/user') },

  // JSON.parse makes "__proto__" an ordinary member; JavaScript that copies it would set a prototype.
  ...['', '"env":', '"metadata":', '"limits":'].map((prefix) => ({
    name: `__proto__ in ${prefix.slice(1, -2) || 'the request'}`,
    ...rawSubmission(
      `{"language":"python","source":"print(1)",${prefix ? `${prefix}{"__proto__":"x"}` : '"__proto__":{"stdin":"x"}'}}`,
    ),
    expected: invalid(),
  })),
];

function keyed(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`K${index}`, 'v']));
}
