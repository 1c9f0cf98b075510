import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { changeQuota, presentQuota, quotaRequestSchema } from '../../shared/contract/quota-view.ts';
import { quotaSchema } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import type { AccountReader } from '../../shared/ports/account-reader.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { QuotaStore } from '../../shared/ports/quota-store.ts';
import { knownTenant } from './known-tenant.ts';
import type { Routes } from './routes.ts';

export interface QuotaPorts {
  tenants: AccountReader;
  quotas: QuotaStore;
  clock: Clock;
  /** A ULID for this moment. */
  newId: (now: Date) => string;
}

/** Changes that race each other, or a new period, are tried again this often. */
const maxTries = 5;

/** `/v1/admin/tenants/{tenant}/quota` */
export function quotaRoutes({ tenants, quotas, clock, newId }: QuotaPorts): Routes {
  return {
    'GET /v1/admin/tenants/{tenant}/quota': async (request) => {
      const { account } = await knownTenant(tenants, request);
      return { status: 200, body: presentQuota(account, clock()) };
    },

    'PUT /v1/admin/tenants/{tenant}/quota': async (request) => {
      const { body, headers, caller } = request;
      const wanted = parseInput(quotaRequestSchema, parseJsonBody(body, headers['content-type']));
      for (let tries = 0; tries < maxTries; tries += 1) {
        const { tenant, account } = await knownTenant(tenants, request);
        const before = quotaSchema.strip().parse(account);
        const after = changeQuota(before, wanted);
        const now = clock();
        const by = { keyId: caller.keyId, tenant: caller.tenant };
        const audit = { id: newId(now), at: now.toISOString(), ...by, subject: tenant, before, after };
        if (!(await quotas.change(account, after, { action: 'quota.change', ...audit }))) continue;
        logger.info('quota changed', { tenant, by: caller.keyId });
        const changed = await knownTenant(tenants, request);
        return { status: 200, body: presentQuota(changed.account, now) };
      }
      throw new CordonError('conflict', 'Others are changing this at the same time; read it and try again.');
    },
  };
}
