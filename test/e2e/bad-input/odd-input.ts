import { limitCeilings } from '../../../shared/domain/limits.ts';
import { type OddInput, rawSubmission, submission, validBody } from './bad-input.ts';

const run = (members: object) => submission(members, '/v1/executions?wait=25');
const done = { status: 200 };

const oddMembers: Record<string, object> = {
  'the cache word auto': { cache: 'auto' },
  'the cache word off': { cache: 'off' },
  'no streaming': { stream: false },
  'no artifacts': { artifacts: [] },
  'the standard policy': { policy: 'standard' },
  'network none': { network: 'none' },
  'the backend wasm': { backend: 'wasm' },
  'every limit at its ceiling': { limits: limitCeilings },
  'no limits': { limits: {} },
  'lower-case and underscored environment names': { env: { path_: 'a', _x1: '', lower: 'é=ü' } },
  'a context of null': { context: null, source: 'print(context is None)' },
  'a context of false': { context: false, source: 'print(context)' },
  'a source with CRLF and a byte order mark': { source: '\ufeffprint(1)\r\nprint(2)\r\n' },
  'a source of exactly 1,000,000 bytes': { source: `#${'x'.repeat(999_999)}` },
  'a stdin of exactly 1,000,000 bytes': { stdin: 'é'.repeat(500_000) },
  'an argument of 4,096 characters': { args: ['x'.repeat(4_096)] },
  '100 arguments, some empty': { args: Array(100).fill('') },
  'a path of other scripts': { files: [{ path: 'données/été 2026/日本.csv', content: 'a' }] },
  'a path with dots': { files: [{ path: '.hidden/..a/b..c', content: '' }] },
  'a path of 255 characters': { files: [{ path: `${'d/'.repeat(126)}abc`, content: '' }] },
  'paths that differ in case': {
    files: [
      { path: 'a', content: '' },
      { path: 'A', content: '' },
    ],
  },
  'an empty base64 file': { files: [{ path: 'empty', content: '', encoding: 'base64' }] },
  '100 files': { files: Array.from({ length: 100 }, (_, index) => ({ path: `f/${index}`, content: 'x' })) },
  '50 metadata keys': { metadata: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, ''])) },
  'an emoji for a user': { user: '👩‍🚀' },
  'a NUL in stdin': { stdin: 'a\0b' },
  'the word numpy in a comment and a string': { source: '# import numpy\nprint("""\nimport numpy\n""")' },
  'an optional numpy': { source: 'try:\n    import numpy\nexcept ImportError:\n    print("without")' },
  'a file named after a missing module': {
    source: 'import numpy\nprint(numpy.answer)',
    files: [{ path: 'numpy.py', content: 'answer = 42' }],
  },
};

/** Requests at the edge of the contract, which must run and succeed. */
export const oddInputs: OddInput[] = [
  ...Object.entries(oddMembers).map(([name, members]) => ({ name, ...run(members), expected: done })),
  {
    name: 'a lower-case scheme',
    ...run({}),
    authorization: (key) => `bearer ${key}`,
    expected: done,
  },
  ...['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset=UTF-8'].map(
    (type) => ({
      name: `the content type ${type}`,
      ...run({}),
      headers: { 'content-type': type },
      expected: done,
    }),
  ),
  {
    name: 'white space around the body',
    ...rawSubmission(`\r\n\t ${JSON.stringify(validBody)} \n`),
    path: '/v1/executions?wait=25',
    expected: done,
  },
  {
    name: 'an escaped replacement character',
    ...rawSubmission('{"language":"python","source":"print(\'\\ufffd\')"}'),
    path: '/v1/executions?wait=25',
    expected: done,
  },
  { name: '?wait=0', ...submission({}, '/v1/executions?wait=0'), expected: { status: 202 } },
];
