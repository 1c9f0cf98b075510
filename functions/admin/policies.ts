import { tenantSchema } from '../../shared/contract/api-key.ts';
import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { policyRequestSchema, presentVersioned } from '../../shared/contract/versioned-views.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { definedOnly } from '../../shared/domain/defined-only.ts';
import type { TenantPolicy } from '../../shared/domain/policy.ts';
import type { HttpRequest } from '../../shared/lambda/http-function.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { type ChangePorts, changeRecord } from './change-record.ts';
import type { Routes } from './routes.ts';

export interface PolicyPorts extends ChangePorts<TenantPolicy> {
  tenants: Pick<TenantStore, 'exists'>;
}

/** `/v1/admin/tenants/{tenant}/policy` */
export function policyRoutes(ports: PolicyPorts): Routes {
  return {
    'GET /v1/admin/tenants/{tenant}/policy': async (request) => {
      const tenant = await tenantOf(ports, request);
      return { status: 200, body: presentVersioned(await ports.records.read(tenant)) };
    },

    'PUT /v1/admin/tenants/{tenant}/policy': async (request) => {
      const { body, headers, caller } = request;
      const fields = parseInput(policyRequestSchema, parseJsonBody(body, headers['content-type']));
      const tenant = await tenantOf(ports, request);
      const changed = await changeRecord(ports, {
        recordId: tenant,
        action: 'policy.change',
        subject: tenant,
        fields: definedOnly(fields),
        by: caller,
      });
      logger.info('policy changed', { tenant, version: changed.version, by: caller.keyId });
      return { status: 200, body: presentVersioned(changed) };
    },
  };
}

/** A policy for a tenant that isn't there would wait, unseen, for one of its name. */
async function tenantOf({ tenants }: PolicyPorts, { pathParameters }: HttpRequest): Promise<string> {
  const { tenant = '' } = pathParameters;
  const isKnown = tenantSchema.safeParse(tenant).success && (await tenants.exists(tenant));
  if (!isKnown) throw new CordonError('not_found', 'There is no tenant of this name.');
  return tenant;
}
