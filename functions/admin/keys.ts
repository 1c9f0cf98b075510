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
import { logger } from '../../shared/lambda/telemetry.ts';
import { type AuditedKeyPorts, createKey, keyAudit } from './create-key.ts';
import type { Routes } from './routes.ts';

/** `/v1/admin/keys` */
export function keyRoutes(ports: AuditedKeyPorts): Routes {
  return {
    'POST /v1/admin/keys': async ({ body, headers, caller }) => {
      const request = parseInput(createKeyRequestSchema, parseJsonBody(body, headers['content-type']));
      const created = await createKey(ports, caller, request);
      logger.info('key created', { keyId: created.id, tenant: created.tenant, by: caller.keyId });
      return { status: 201, headers: { Location: `/v1/admin/keys/${created.id}` }, body: created };
    },

    'GET /v1/admin/keys': async ({ query }) => {
      const { before, limit } = parseInput(listKeysQuerySchema, query);
      const { items, next } = await ports.keys.list(before ?? null, limit);
      return { status: 200, body: { items: items.map(toView), next } };
    },

    'DELETE /v1/admin/keys/{id}': async ({ pathParameters, caller }) => {
      const { id = '' } = pathParameters;
      const isKnown =
        keyIdPattern.test(id) &&
        (await ports.keys.revoke(id, keyAudit(ports, { action: 'key.revoke', by: caller, view: { id } })));
      if (!isKnown) throw new CordonError('not_found', 'There is no key with this id.');
      logger.info('key revoked', { keyId: id, by: caller.keyId });
      return { status: 204 };
    },
  };
}

function toView({ secretHash: _secretHash, ...view }: KeyRecord): KeyView {
  return view;
}
