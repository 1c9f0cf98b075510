import * as z from 'zod';
import { errorCodes } from '../domain/cordon-error.ts';
import { quotaChangeSchema } from '../domain/quota-change.ts';
import { createKeyRequestSchema, keyViewSchema } from './api-key.ts';
import { executionSummarySchema, executionViewSchema } from './execution-view.ts';
import { idempotencyKeySchema } from './idempotency-key.ts';
import { listKeysQuerySchema, listQuerySchema, waitQuerySchema } from './list-query.ts';
import { errorTable, problemMediaType, problemSchema } from './problem.ts';
import { quotaQuerySchema, quotaViewSchema } from './quota-view.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';
import { submitRequestSchema } from './submit-request.ts';
import {
  policyRequestSchema,
  policyViewSchema,
  settingsRequestSchema,
  settingsViewSchema,
} from './versioned-views.ts';

type Json = Record<string, unknown>;

interface Route {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  summary: string;
  scope: 'execute' | 'read' | 'admin';
  query?: z.ZodObject;
  headers?: Record<string, { description: string; schema: z.ZodType }>;
  body?: string;
  answers: Record<number, { description: string; schema?: Json }>;
  callbacks?: Json;
}

const reflected = (name: string): Json => ({ $ref: `#/components/headers/${name}` });
/** Of every answer of a function, errors included. */
const answerHeaders = { 'X-Request-Id': reflected('X-Request-Id') };
/** Of the routes whose requests are counted by key: all but the operator's. */
const countedHeaders = {
  ...answerHeaders,
  ...Object.fromEntries(Object.values(rateLimitHeaders).map((name) => [name, reflected(name)])),
};

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const pageOf = (name: string): Json => ({
  type: 'object',
  required: ['items', 'next'],
  properties: { items: { type: 'array', items: reference(name) }, next: { type: ['string', 'null'] } },
});

const callbackSecretSchema = z.strictObject({ secret: z.string().regex(/^whsec_/) });
const keyWithSecretSchema = keyViewSchema.extend({ key: z.string() });

const callbackHeader = (name: string, description: string): Json => ({
  ...{ name, description, in: 'header', required: true },
  schema: { type: 'string' },
});

/** What a service sends to the `callbackUrl` of a request. */
const endedCallback: Json = {
  '{$request.body#/callbackUrl}': {
    post: {
      summary: 'The execution is over',
      parameters: [
        callbackHeader('webhook-id', 'The id of the execution, each time it is sent'),
        callbackHeader('webhook-timestamp', 'When it was sent, in seconds since 1970'),
        callbackHeader('webhook-signature', '`v1,` and the signature: https://www.standardwebhooks.com'),
      ],
      requestBody: { required: true, content: { 'application/json': { schema: reference('Execution') } } },
      responses: {
        '2XX': { description: 'Taken' },
        410: { description: 'Not to be tried again' },
        default: { description: 'To be tried again, for 24 hours; redirects are not followed' },
      },
    },
  },
};

const routes: Route[] = [
  {
    method: 'post',
    path: '/v1/executions',
    summary: 'Run a program',
    scope: 'execute',
    query: waitQuerySchema,
    headers: {
      'Idempotency-Key': {
        description:
          'Makes it safe to send the request again for 24 hours: it runs and is charged once. The answer to a repetition has the header Idempotency-Replayed.',
        schema: idempotencyKeySchema,
      },
    },
    body: 'SubmitRequest',
    answers: {
      200: { description: 'It ended while the request waited', schema: reference('Execution') },
      202: { description: 'Accepted; the Location header names it', schema: reference('Execution') },
    },
    callbacks: { ended: endedCallback },
  },
  {
    method: 'get',
    path: '/v1/executions',
    summary: 'List executions, newest first, without their output',
    scope: 'read',
    query: listQuerySchema,
    answers: { 200: { description: 'A page', schema: pageOf('ExecutionSummary') } },
  },
  {
    method: 'get',
    path: '/v1/executions/{id}',
    summary: 'Read one execution, and wait for its end',
    scope: 'read',
    query: waitQuerySchema,
    answers: {
      200: { description: 'The execution; terminal when the request waited', schema: reference('Execution') },
      202: { description: 'Still not terminal after the wait', schema: reference('Execution') },
    },
  },
  {
    method: 'post',
    path: '/v1/executions/{id}/cancel',
    summary: 'Cancel an execution; what it used until then is charged',
    scope: 'execute',
    answers: {
      200: { description: 'Cancelled, now or before', schema: reference('Execution') },
      202: { description: 'It runs; its sandbox is killed within 2 s', schema: reference('Execution') },
    },
  },
  {
    method: 'post',
    path: '/v1/admin/keys',
    summary: 'Create an API key, and its tenant when that is new; the key is shown once',
    scope: 'admin',
    body: 'CreateKeyRequest',
    answers: { 201: { description: 'The key', schema: reference('KeyWithSecret') } },
  },
  {
    method: 'get',
    path: '/v1/admin/keys',
    summary: 'List API keys',
    scope: 'admin',
    query: listKeysQuerySchema,
    answers: { 200: { description: 'A page', schema: pageOf('Key') } },
  },
  {
    method: 'delete',
    path: '/v1/admin/keys/{id}',
    summary: 'Revoke an API key; it stops within 60 s',
    scope: 'admin',
    answers: { 204: { description: 'Revoked' } },
  },
  {
    method: 'get',
    path: '/v1/admin/settings',
    summary: 'Read the operator settings',
    scope: 'admin',
    answers: { 200: { description: 'The settings', schema: reference('Settings') } },
  },
  {
    method: 'put',
    path: '/v1/admin/settings',
    summary: 'Change operator settings, in force everywhere within 10 s; fields left out keep their value',
    scope: 'admin',
    body: 'SettingsRequest',
    answers: { 200: { description: 'The settings as they are now', schema: reference('Settings') } },
  },
  {
    method: 'get',
    path: '/v1/quota',
    summary: 'Read what the tenant, or one of its end users, has used of its quota',
    scope: 'read',
    query: quotaQuerySchema,
    answers: { 200: { description: 'The quota', schema: reference('Quota') } },
  },
  {
    method: 'get',
    path: '/v1/admin/tenants/{tenant}/quota',
    summary: 'Read the quota of a tenant',
    scope: 'admin',
    answers: { 200: { description: 'The quota', schema: reference('Quota') } },
  },
  {
    method: 'put',
    path: '/v1/admin/tenants/{tenant}/quota',
    summary: 'Change the quota of a tenant, in force at once; fields left out keep their value',
    scope: 'admin',
    body: 'QuotaRequest',
    answers: { 200: { description: 'The quota as it is now', schema: reference('Quota') } },
  },
  {
    method: 'get',
    path: '/v1/admin/tenants/{tenant}/users/{user}/quota',
    summary: 'Read the quota of an end user of a tenant',
    scope: 'admin',
    answers: { 200: { description: 'The quota', schema: reference('Quota') } },
  },
  {
    method: 'put',
    path: '/v1/admin/tenants/{tenant}/users/{user}/quota',
    summary:
      'Change the quota of an end user of a tenant, in force at once; fields left out keep their value',
    scope: 'admin',
    body: 'QuotaRequest',
    answers: { 200: { description: 'The quota as it is now', schema: reference('Quota') } },
  },
  {
    method: 'get',
    path: '/v1/admin/tenants/{tenant}/callback-secret',
    summary: 'Read the secret that the callbacks of a tenant are signed with; each reading is audited',
    scope: 'admin',
    answers: { 200: { description: 'The secret', schema: reference('CallbackSecret') } },
  },
  {
    method: 'get',
    path: '/v1/admin/tenants/{tenant}/policy',
    summary: 'Read the policy of a tenant',
    scope: 'admin',
    answers: { 200: { description: 'The policy', schema: reference('Policy') } },
  },
  {
    method: 'put',
    path: '/v1/admin/tenants/{tenant}/policy',
    summary: 'Change the policy of a tenant, in force within 10 s; fields left out keep their value',
    scope: 'admin',
    body: 'PolicyRequest',
    answers: { 200: { description: 'The policy as it is now', schema: reference('Policy') } },
  },
];

/** The OpenAPI 3.1 document of the routes that this version serves. Deterministic. */
export function toOpenApi(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordon',
      version: '1',
      description: "Runs code nobody trusts inside the owner's own AWS account.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ apiKey: [] }],
    paths: toPaths(),
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'cordon_<id>_<secret>' } },
      schemas: {
        SubmitRequest: toJsonSchema(submitRequestSchema, 'input'),
        Execution: toJsonSchema(executionViewSchema, 'output'),
        ExecutionSummary: toJsonSchema(executionSummarySchema, 'output'),
        CreateKeyRequest: toJsonSchema(createKeyRequestSchema, 'input'),
        Key: toJsonSchema(keyViewSchema, 'output'),
        KeyWithSecret: toJsonSchema(keyWithSecretSchema, 'output'),
        SettingsRequest: toJsonSchema(settingsRequestSchema, 'input'),
        Settings: toJsonSchema(settingsViewSchema, 'output'),
        QuotaRequest: toJsonSchema(quotaChangeSchema, 'input'),
        Quota: toJsonSchema(quotaViewSchema, 'output'),
        PolicyRequest: toJsonSchema(policyRequestSchema, 'input'),
        Policy: toJsonSchema(policyViewSchema, 'output'),
        CallbackSecret: toJsonSchema(callbackSecretSchema, 'output'),
        Problem: toJsonSchema(problemSchema, 'output'),
      },
      headers: {
        'X-Request-Id': { description: 'Names the request in the log', schema: { type: 'string' } },
        [rateLimitHeaders.policy]: {
          description:
            'What the API key may do, after draft-ietf-httpapi-ratelimit-headers, such as `"requests";q=100;w=2`; on `quota_exceeded` the quota as well',
          schema: { type: 'string' },
        },
        [rateLimitHeaders.limit]: {
          description: 'What is left of it, and in how many seconds it is whole: `"requests";r=97;t=1`',
          schema: { type: 'string' },
        },
      },
      responses: {
        Problem: {
          description: problemTable(),
          headers: countedHeaders,
          content: { [problemMediaType]: { schema: reference('Problem') } },
        },
      },
    },
  };
}

function toPaths(): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: toOperation(route) };
  return paths;
}

function toOperation({ path, summary, scope, query, headers, body, answers, callbacks }: Route): Json {
  return {
    summary,
    description: `Needs a key with the scope \`${scope}\`.`,
    parameters: [...pathParameters(path), ...queryParameters(query), ...headerParameters(headers)],
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema }]) => [
          status,
          {
            description,
            headers: scope === 'admin' ? answerHeaders : countedHeaders,
            ...(schema !== undefined && { content: { 'application/json': { schema } } }),
          },
        ]),
      ),
      default: { $ref: '#/components/responses/Problem' },
    },
    ...(callbacks !== undefined && { callbacks }),
  };
}

function pathParameters(path: string): Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (query === undefined) return [];
  const properties = toJsonSchema(query, 'input').properties as Record<string, Json>;
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function headerParameters(headers: Route['headers'] = {}): Json[] {
  return Object.entries(headers).map(([name, { description, schema }]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: toJsonSchema(schema, 'input'),
  }));
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

function problemTable(): string {
  return errorCodes
    .map((code) => `${errorTable[code].status} \`${code}\`: ${errorTable[code].title}`)
    .join('. ');
}
