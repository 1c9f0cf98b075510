import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { policyRequestSchema, presentVersioned } from '../../shared/contract/versioned-views.ts';
import { definedOnly } from '../../shared/domain/defined-only.ts';
import type { TenantPolicy } from '../../shared/domain/policy.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import type { AccountReader } from '../../shared/ports/account-reader.ts';
import { type ChangePorts, changeRecord } from './change-record.ts';
import { knownTenant } from './known-tenant.ts';
import type { Routes } from './routes.ts';

export interface PolicyPorts extends ChangePorts<TenantPolicy> {
  /** A policy for a tenant that isn't there would wait, unseen, for one of its name. */
  tenants: AccountReader;
}

/** `/v1/admin/tenants/{tenant}/policy` */
export function policyRoutes(ports: PolicyPorts): Routes {
  return {
    'GET /v1/admin/tenants/{tenant}/policy': async (request) => {
      const { tenant } = await knownTenant(ports.tenants, request);
      return { status: 200, body: presentVersioned(await ports.records.read(tenant)) };
    },

    'PUT /v1/admin/tenants/{tenant}/policy': async (request) => {
      const { body, headers, caller } = request;
      const fields = parseInput(policyRequestSchema, parseJsonBody(body, headers['content-type']));
      const { tenant } = await knownTenant(ports.tenants, request);
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
