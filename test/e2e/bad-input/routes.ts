import {
  type BadInput,
  forbidden,
  invalid,
  notFound,
  submission,
  unauthenticated,
  validBody,
} from './bad-input.ts';

const unknownId = 'exe_00000000000000000000000000';
const badWaits = [
  'abc',
  '-1',
  '26',
  '1.5',
  '',
  '%201',
  '01',
  '1e1',
  '0x5',
  '1s',
  'Infinity',
  'NaN',
  '%D9%A1',
];

const get = (path: string) => ({ method: 'GET' as const, path });

/** Queries, ids, paths and methods that the routes don't have. */
export const badRoutes: BadInput[] = [
  ...badWaits.flatMap((wait) => [
    {
      name: `?wait=${wait} on submit`,
      ...submission({}, `/v1/executions?wait=${wait}`),
      expected: invalid('#/wait'),
    },
    {
      name: `?wait=${wait} on read`,
      ...get(`/v1/executions/${unknownId}?wait=${wait}`),
      expected: invalid('#/wait'),
    },
  ]),
  {
    name: 'an unknown query on submit',
    ...submission({}, '/v1/executions?async=1'),
    expected: invalid('#/async'),
  },
  ...Object.entries({
    limit: ['0', '-1', '101', 'abc', '1.5', ''],
    status: ['done', 'COMPLETED', ''],
    outcome: ['ok', ''],
    before: ['yesterday', '', unknownId.toLowerCase().replace('0', 'u')],
    user: ['', 'u'.repeat(129)],
    sort: ['asc'],
  }).flatMap(([name, values]) =>
    values.map((value) => ({
      name: `the list query ${name}=${value.slice(0, 20)}`,
      ...get(`/v1/executions?${name}=${value}`),
      expected: invalid(`#/${name}`),
    })),
  ),

  ...Object.entries({
    'an id that nobody has': unknownId,
    'an id that is too short': 'exe_0',
    'an id in lower case': `exe_${'a'.repeat(26)}`,
    'an id without its prefix': '0'.repeat(26),
    'an id of letters ULIDs lack': `exe_${'U'.repeat(26)}`,
    'an id with a path in it': '..%2f..%2fadmin%2fkeys',
    'an id with NUL': `${unknownId}%00`,
    'an id with a newline': `${unknownId}%0a`,
    'an id of 5,000 characters': 'x'.repeat(5_000),
    'a star for an id': '*',
  }).flatMap(([name, id]) => [
    { name, ...get(`/v1/executions/${id}`), expected: notFound },
    {
      name: `${name} to cancel`,
      method: 'POST' as const,
      path: `/v1/executions/${id}/cancel`,
      expected: notFound,
    },
  ]),

  ...(['PUT', 'PATCH', 'DELETE'] as const).map((method) => ({
    name: `${method} on the executions`,
    method,
    path: '/v1/executions',
    body: JSON.stringify(validBody),
    expected: notFound,
  })),
  ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) => ({
    name: `${method} on an execution`,
    method,
    path: `/v1/executions/${unknownId}`,
    body: JSON.stringify(validBody),
    expected: notFound,
  })),
  ...[
    '/',
    '/v1',
    '/v2/executions',
    '/v1/Executions',
    '/executions',
    '/v1/executions/a/b/c',
    '/.env',
    '/favicon.ico',
  ].map((path) => ({ name: `the unknown path ${path}`, ...get(path), expected: notFound })),
];

const keyed = (authorization: BadInput['authorization']): Pick<BadInput, 'authorization'> => ({
  authorization: authorization ?? null,
});

/** Keys that are missing, malformed, altered or lack the scope. */
export const badKeys: BadInput[] = [
  ...Object.entries<BadInput['authorization']>({
    'no Authorization header': null,
    'an empty Authorization header': '',
    'a scheme without a key': 'Bearer',
    'a key without a scheme': (key) => key,
    'a key after another scheme': (key) => `Basic ${key}`,
    'a key as Basic credentials': (key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    'a key that is only a prefix': 'Bearer cordon_',
    'a key of another service': 'Bearer sk-0123456789abcdef0123456789abcdef',
    'a truncated key': (key) => `Bearer ${key.slice(0, -1)}`,
    'a key without its secret': (key) => `Bearer ${key.split('_').slice(0, 2).join('_')}`,
    'a key with another secret': (key) => `Bearer ${withOtherEnd(key)}`,
    'a key with another id': (key) => `Bearer ${key.replace(/^cordon_./, (start) => withOtherEnd(start))}`,
    'a key in upper case': (key) => `Bearer ${key.toUpperCase()}`,
    'a key with more behind it': (key) => `Bearer ${key}x`,
    'a key and another word': (key) => `Bearer ${key} ${key}`,
    'a key in quotes': (key) => `Bearer "${key}"`,
    'a key of 6,000 characters': `Bearer cordon_${'a'.repeat(6_000)}`,
    'a nobody': 'Bearer null',
  }).map(([name, authorization]) => ({
    name,
    ...submission({}),
    ...keyed(authorization),
    expected: unauthenticated,
  })),
  {
    name: 'a bad body before a bad key',
    ...submission({ language: 'ruby' }),
    authorization: null,
    expected: unauthenticated,
  },
  {
    name: 'reading without a key',
    ...get(`/v1/executions/${unknownId}`),
    authorization: null,
    expected: unauthenticated,
  },
  { name: 'listing without a key', ...get('/v1/executions'), authorization: null, expected: unauthenticated },
  {
    name: 'a key in the query',
    ...get('/v1/executions?key=x'),
    authorization: null,
    expected: unauthenticated,
  },
  {
    name: 'administration without a key',
    ...get('/v1/admin/keys'),
    authorization: null,
    expected: unauthenticated,
  },
  { name: 'listing keys without the scope', ...get('/v1/admin/keys'), expected: forbidden },
  {
    name: 'creating a key without the scope',
    method: 'POST',
    path: '/v1/admin/keys',
    body: JSON.stringify({ tenant: 'acme', scopes: ['admin'] }),
    expected: forbidden,
  },
  {
    name: 'deleting a key without the scope',
    method: 'DELETE',
    path: '/v1/admin/keys/0',
    expected: forbidden,
  },
];

/** Changes the last character into another one of the same kind. */
function withOtherEnd(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`;
}
