import { type BadInput, invalid, submission, tooLarge } from './bad-input.ts';

const badPaths: Record<string, string> = {
  'an empty path': '',
  'the path .': '.',
  'the path ..': '..',
  'the parent folder': '../x',
  'an absolute path': '/etc/passwd',
  'a path that climbs out': 'a/../../b',
  'a path that climbs and comes back': 'a/../a/b',
  'a path with a . segment': './a',
  'a path with a . segment inside': 'a/./b',
  'a path with an empty segment': 'a//b',
  'a trailing slash': 'a/',
  'a lone slash': '/',
  'a drive letter': 'C:\\x',
  'a drive letter with a slash': 'c:/x',
  'a UNC path': '\\\\server\\share',
  'a backslash': 'a\\b',
  'a backslash that climbs': '..\\x',
  'NUL in a path': 'a.txt\0.csv',
  'a newline in a path': 'a\nb',
  'DEL in a path': 'a\x7fb',
  'a lone surrogate in a path': 'a\ud800',
  'a path of 256 characters': `${'d/'.repeat(126)}abcd`,
};

const badBase64: Record<string, string> = {
  'base64 of one character': 'a',
  'base64 without padding': 'YQ',
  'base64 with padding inside': 'YQ=a',
  'base64 with too much padding': 'Y===',
  'base64 with a newline': 'YWJj\n',
  'base64 with spaces': 'YW Jj',
  'URL-safe base64': '_-8=',
  'base64 of other characters': '!!!!',
};

/** Files with bad paths, content, encoding, number or size. */
export const badFiles: BadInput[] = [
  ...Object.entries(badPaths).map(([name, path]) => ({
    name,
    ...submission({ files: [{ path, content: '' }] }),
    expected: invalid('#/files/0/path'),
  })),
  ...Object.entries(badBase64).map(([name, content]) => ({
    name,
    ...submission({
      files: [
        { path: 'ok', content: '' },
        { path: 'a', content, encoding: 'base64' },
      ],
    }),
    expected: invalid('#/files/1/content'),
  })),

  ...[null, 'a.txt', 1, []].map((file) => ({
    name: `the file ${JSON.stringify(file)}`,
    ...submission({ files: [file] }),
    expected: invalid('#/files/0'),
  })),
  {
    name: 'a file without a path',
    ...submission({ files: [{ content: '' }] }),
    expected: invalid('#/files/0/path'),
  },
  {
    name: 'a file without content',
    ...submission({ files: [{ path: 'a' }] }),
    expected: invalid('#/files/0/content'),
  },
  ...[null, 1, ['x'], {}].flatMap((value) => [
    {
      name: `the file path ${JSON.stringify(value)}`,
      ...submission({ files: [{ path: value, content: '' }] }),
      expected: invalid('#/files/0/path'),
    },
    {
      name: `the file content ${JSON.stringify(value)}`,
      ...submission({ files: [{ path: 'a', content: value }] }),
      expected: invalid('#/files/0/content'),
    },
  ]),
  ...[null, '', 'utf-8', 'hex', 'BASE64'].map((encoding) => ({
    name: `the file encoding ${JSON.stringify(encoding)}`,
    ...submission({ files: [{ path: 'a', content: '', encoding }] }),
    expected: invalid('#/files/0/encoding'),
  })),
  {
    name: 'an unknown field in a file',
    ...submission({ files: [{ path: 'a', content: '', mode: '0777' }] }),
    expected: invalid('#/files/0/mode'),
  },
  {
    name: 'a lone surrogate in a file',
    ...submission({ files: [{ path: 'a', content: '\ud800' }] }),
    expected: invalid('#/files/0/content'),
  },

  {
    name: 'two files with one path',
    ...submission({
      files: [
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ],
    }),
    expected: invalid('#/files'),
  },
  {
    name: 'a path that is both a file and a folder',
    ...submission({
      files: [
        { path: 'a', content: '1' },
        { path: 'a/b', content: '2' },
      ],
    }),
    expected: invalid('#/files'),
  },
  {
    name: '101 files',
    ...submission({ files: Array.from({ length: 101 }, (_, index) => ({ path: `f${index}`, content: '' })) }),
    expected: invalid('#/files'),
  },
  {
    name: 'files of 4,000,001 bytes together',
    ...submission({
      files: [
        { path: 'a', content: 'x'.repeat(4_000_000) },
        { path: 'b', content: 'x' },
      ],
    }),
    expected: tooLarge('#/files'),
  },
  {
    name: 'files of 4,000,002 bytes behind base64',
    ...submission({
      files: [{ path: 'a', content: Buffer.alloc(4_000_002).toString('base64'), encoding: 'base64' }],
    }),
    expected: tooLarge('#/files'),
  },
];
