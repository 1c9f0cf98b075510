import type { AuditRecord } from '../../shared/domain/audit-record.ts';
import { callbackSecretOf } from '../../shared/executions/callback-secret.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import type { AccountReader } from '../../shared/ports/account-reader.ts';
import type { AuditLog } from '../../shared/ports/audit-log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { knownTenant } from './known-tenant.ts';
import type { Routes } from './routes.ts';

export interface CallbackSecretPorts {
  tenants: AccountReader;
  /** What the secrets of all tenants are derived from. */
  readCallbackKey: () => Promise<string>;
  auditLog: AuditLog;
  clock: Clock;
  /** A ULID for this moment. */
  newId: (now: Date) => string;
}

/** `/v1/admin/tenants/{tenant}/callback-secret`. Nobody is shown a secret without a record of it. */
export function callbackSecretRoutes(ports: CallbackSecretPorts): Routes {
  return {
    'GET /v1/admin/tenants/{tenant}/callback-secret': async (request) => {
      const { tenant } = await knownTenant(ports.tenants, request);
      const { keyId, tenant: operator } = request.caller;
      const secret = callbackSecretOf(tenant, await ports.readCallbackKey());
      const now = ports.clock();
      const audit: AuditRecord = {
        id: ports.newId(now),
        at: now.toISOString(),
        action: 'callback_secret.read',
        keyId,
        tenant: operator,
        subject: tenant,
      };
      await ports.auditLog.append(audit);
      logger.info('callback secret read', { tenant, by: keyId });
      return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: { secret } };
    },
  };
}
