import { expect, test } from '@jest/globals';
import { matchRoute, parseSegments, type Route } from '../../local/api-gateway/routes.ts';

const route = (resourcePath: string, ...methods: string[]): Route<string> => ({
  resourcePath,
  segments: parseSegments(resourcePath),
  methods: new Map(methods.map((method) => [method, `${method} ${resourcePath}`])),
});
const ROUTES = [
  route('/', 'GET'),
  route('/items', 'GET', 'ANY'),
  route('/items/{id}', 'GET'),
  route('/items/new', 'POST'),
  route('/items/{id}/source', 'GET'),
  route('/files/{path+}', 'GET'),
];

test.each([
  ['GET', '/', 'GET /', {}],
  ['GET', '/items', 'GET /items', {}],
  ['GET', '/items/', 'GET /items', {}],
  ['PUT', '/items', 'ANY /items', {}],
  ['GET', '/items/7', 'GET /items/{id}', { id: '7' }],
  ['GET', '/items/a%2Fb', 'GET /items/{id}', { id: 'a/b' }],
  ['GET', '/items/%zz', 'GET /items/{id}', { id: '%zz' }],
  ['POST', '/items/new', 'POST /items/new', {}],
  ['GET', '/items/7/source', 'GET /items/{id}/source', { id: '7' }],
  ['GET', '/files/a/b', 'GET /files/{path+}', { path: 'a/b' }],
])('%s %s is taken by %s', (httpMethod, path, method, pathParameters) => {
  expect(matchRoute(ROUTES, httpMethod, path)).toMatchObject({ method, pathParameters });
});

test.each([
  ['GET', '/items/new'],
  ['GET', '/files'],
  ['GET', '/files/'],
  ['DELETE', '/items/7'],
  ['GET', '/items//source'],
  ['GET', '/nothing'],
])('%s %s is taken by no method', (httpMethod, path) => {
  expect(matchRoute(ROUTES, httpMethod, path)).toBeUndefined();
});
