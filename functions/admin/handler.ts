import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import { createDynamoKeyStore } from '../../shared/adapters/dynamodb-key-store.ts';
import { createDynamoTenantStore } from '../../shared/adapters/dynamodb-tenant-store.ts';
import { createDynamoVersionedRecords } from '../../shared/adapters/dynamodb-versioned-records.ts';
import {
  createKeyRequestSchema,
  type KeyRecord,
  type KeyView,
  keyIdPattern,
} from '../../shared/contract/api-key.ts';
import { listKeysQuerySchema } from '../../shared/contract/list-query.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { presentVersioned, settingsRequestSchema } from '../../shared/contract/settings-view.ts';
import { controlTable } from '../../shared/contract/tables.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { definedOnly } from '../../shared/domain/defined-only.ts';
import {
  defaultOperatorSettings,
  type OperatorSettings,
  operatorSettingsSchema,
} from '../../shared/domain/operator-settings.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import { type HttpRequest, type HttpResponse, httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import { type ChangePorts, changeRecord } from './change-record.ts';
import { createKey } from './create-key.ts';
import type { KeyPorts } from './store-key.ts';

const environment = parseEnvironment('admin');
const client = new DynamoDBClient({});
const ports: KeyPorts = {
  keys: createDynamoKeyStore({ client, table: environment.CONTROL_TABLE }),
  tenants: createDynamoTenantStore({ client, ledgerTable: environment.LEDGER_TABLE }),
  clock: () => new Date(),
};

const settings: ChangePorts<OperatorSettings> = {
  records: createDynamoVersionedRecords({
    client,
    table: environment.CONTROL_TABLE,
    kind: controlTable.kinds.settings,
    schema: operatorSettingsSchema,
    initial: defaultOperatorSettings,
  }),
  clock: () => new Date(),
  newId: (now) => ulid(now.getTime()),
};

const routes: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
  'POST /v1/admin/keys': postKey,
  'GET /v1/admin/keys': getKeys,
  'DELETE /v1/admin/keys/{id}': deleteKey,
  'GET /v1/admin/settings': getSettings,
  'PUT /v1/admin/settings': putSettings,
};

/** `/v1/admin/keys`, `/v1/admin/settings` */
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

async function getSettings(): Promise<HttpResponse> {
  return { status: 200, body: presentVersioned(await settings.records.read(controlTable.currentSettings)) };
}

async function putSettings({ body, headers, caller }: HttpRequest): Promise<HttpResponse> {
  const fields = parseInput(settingsRequestSchema, parseJsonBody(body, headers['content-type']));
  const changed = await changeRecord(settings, {
    recordId: controlTable.currentSettings,
    action: 'settings.change',
    subject: 'settings',
    fields: definedOnly(fields),
    by: caller,
  });
  logger.warn('settings changed', { version: changed.version, mode: changed.value.mode, by: caller.keyId });
  return { status: 200, body: presentVersioned(changed) };
}

function toView({ secretHash: _secretHash, ...view }: KeyRecord): KeyView {
  return view;
}
