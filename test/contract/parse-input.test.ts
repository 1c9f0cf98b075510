import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { toOpenApi } from '../../shared/contract/openapi.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { toProblem } from '../../shared/contract/problem.ts';
import { submitRequestSchema } from '../../shared/contract/submit-request.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';

function problemOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return toProblem(error, 'request-1');
  }
  throw new Error('nothing was refused');
}

test('defaults are filled in', () => {
  expect(parseInput(submitRequestSchema, { language: 'python', source: 'print(1)' })).toMatchObject({
    stdin: '',
    args: [],
    env: {},
    files: [],
    backend: 'auto',
    network: 'none',
    metadata: {},
  });
});

test('all faults are named by pointer, and values are not echoed', () => {
  const problem = problemOf(() =>
    parseInput(submitRequestSchema, {
      language: 'python',
      source: 'print(1)',
      limits: { wallTimeMs: 1e9, 'a/b~c': 1 },
      env: { 'SECRET=x': 'hunter2' },
    }),
  );

  expect(problem).toMatchObject({ status: 400, code: 'invalid_request', requestId: 'request-1' });
  expect((problem.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
    '#/env/SECRET%3Dx',
    '#/limits/a~1b~0c',
    '#/limits/wallTimeMs',
  ]);
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});

test('a reserved name is refused, not dropped', () => {
  const body = parseJsonBody(
    '{"language":"python","source":"1","env":{"__proto__":"x"}}',
    'application/json',
  );
  expect(problemOf(() => parseInput(submitRequestSchema, body))).toMatchObject({ code: 'invalid_request' });
});

test.each([
  ['nesting deeper than a stack', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json'],
  ['a cut body', '{"a":', 'application/json'],
  ['no body', '', 'application/json'],
  ['replaced bytes', '{"a":"\uFFFD"}', 'application/json'],
  ['another media type', '{}', 'text/plain'],
])('refuses %s', (_, body, contentType) => {
  expect(problemOf(() => parseJsonBody(body, contentType))).toMatchObject({ code: 'invalid_request' });
});

test('brackets in strings are no nesting', () => {
  const body = JSON.stringify({ source: `${'['.repeat(1_000)}\\"${'{'.repeat(1_000)}` });
  expect(parseJsonBody(body, 'application/json; charset=utf-8')).toEqual(JSON.parse(body));
});

test('an unknown error shows nothing of itself', () => {
  const problem = toProblem(new TypeError('secret table name'), 'request-1');
  expect(problem).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(problem)).not.toContain('secret');
});

test('details of an error become members of the problem', () => {
  const error = new CordonError('quota_exceeded', 'The quota is used up.', {
    details: { limit: 'executions' },
  });
  expect(toProblem(error, 'r')).toMatchObject({
    status: 429,
    limit: 'executions',
    detail: 'The quota is used up.',
  });
});

test('the OpenAPI document names every field of a request', () => {
  const { components } = z
    .object({ components: z.object({ schemas: z.record(z.string(), z.any()) }) })
    .parse(toOpenApi());
  expect(Object.keys(components.schemas.SubmitRequest.properties)).toEqual(
    Object.keys(submitRequestSchema.shape),
  );
  expect(components.schemas.SubmitRequest.properties.env).toMatchObject({ type: 'object' });
});
