import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoKeyStore } from '../../shared/adapters/dynamodb-key-store.ts';
import { createDynamoTenantStore } from '../../shared/adapters/dynamodb-tenant-store.ts';
import {
  createKeyRequestSchema,
  type KeyRecord,
  type KeyView,
  keyIdPattern,
} from '../../shared/contract/api-key.ts';
import { listKeysQuerySchema } from '../../shared/contract/list-query.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import { type HttpRequest, type HttpResponse, httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import { createKey } from './create-key.ts';
import type { KeyPorts } from './store-key.ts';

const environment = parseEnvironment('admin');
const client = new DynamoDBClient({});
const ports: KeyPorts = {
  keys: createDynamoKeyStore({ client, table: environment.CONTROL_TABLE }),
  tenants: createDynamoTenantStore({ client, ledgerTable: environment.LEDGER_TABLE }),
  clock: () => new Date(),
};

const routes: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
  'POST /v1/admin/keys': postKey,
  'GET /v1/admin/keys': getKeys,
  'DELETE /v1/admin/keys/{id}': deleteKey,
};

/** `/v1/admin/keys` */
export const handler = httpFunction(async (request) => {
  requireScope(request.caller, 'admin');
  const route = routes[`${request.method} ${request.route}`];
  if (route === undefined) throw new CordonError('not_found', 'There is no such route.');
  return route(request);
});

async function postKey({ body, headers, caller }: HttpRequest): Promise<HttpResponse> {
  const request = parseInput(createKeyRequestSchema, parseJsonBody(body, headers['content-type']));
  const created = await createKey(ports, request);
  logger.info('key created', { keyId: created.id, tenant: created.tenant, by: caller.keyId });
  return { status: 201, headers: { Location: `/v1/admin/keys/${created.id}` }, body: created };
}

async function getKeys({ query }: HttpRequest): Promise<HttpResponse> {
  const { before, limit } = parseInput(listKeysQuerySchema, query);
  const { items, next } = await ports.keys.list(before ?? null, limit);
  return { status: 200, body: { items: items.map(toView), next } };
}

async function deleteKey({ pathParameters, caller }: HttpRequest): Promise<HttpResponse> {
  const { id = '' } = pathParameters;
  const isKnown = keyIdPattern.test(id) && (await ports.keys.revoke(id));
  if (!isKnown) throw new CordonError('not_found', 'There is no key with this id.');
  logger.info('key revoked', { keyId: id, by: caller.keyId });
  return { status: 204 };
}

function toView({ secretHash: _secretHash, ...view }: KeyRecord): KeyView {
  return view;
}
