import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import { createDynamoAuditLog } from '../../shared/adapters/dynamodb-audit-log.ts';
import { createDynamoKeyStore } from '../../shared/adapters/dynamodb-key-store.ts';
import { createDynamoQuotaStore } from '../../shared/adapters/dynamodb-quota-store.ts';
import { createDynamoTenantStore } from '../../shared/adapters/dynamodb-tenant-store.ts';
import { createDynamoVersionedRecords } from '../../shared/adapters/dynamodb-versioned-records.ts';
import { controlTable } from '../../shared/contract/tables.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { defaultOperatorSettings, operatorSettingsSchema } from '../../shared/domain/operator-settings.ts';
import { defaultTenantPolicy, tenantPolicySchema } from '../../shared/domain/policy.ts';
import { requireScope } from '../../shared/lambda/caller-of.ts';
import { connectCallbackKey } from '../../shared/lambda/clients.ts';
import { httpFunction } from '../../shared/lambda/http-function.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { callbackSecretRoutes } from './callback-secrets.ts';
import { keyRoutes } from './keys.ts';
import { policyRoutes } from './policies.ts';
import { quotaRoutes } from './quotas.ts';
import type { Routes } from './routes.ts';
import { settingsRoutes } from './settings.ts';

const environment = parseEnvironment('admin');
const client = new DynamoDBClient({});
const control = { client, table: environment.CONTROL_TABLE };
const ledger = { client, ledgerTable: environment.LEDGER_TABLE };
const tenants = createDynamoTenantStore(ledger);
const quotas = createDynamoQuotaStore({ ...ledger, controlTable: environment.CONTROL_TABLE });
const clock = () => new Date();
const newId = (now: Date) => ulid(now.getTime());

const settings = createDynamoVersionedRecords({
  ...control,
  kind: controlTable.kinds.settings,
  schema: operatorSettingsSchema,
  initial: defaultOperatorSettings,
});
const policies = createDynamoVersionedRecords({
  ...control,
  kind: controlTable.kinds.policy,
  schema: tenantPolicySchema,
  initial: defaultTenantPolicy,
});

const routes: Routes = {
  ...keyRoutes({ keys: createDynamoKeyStore(control), tenants, clock, newId }),
  ...settingsRoutes({ records: settings, clock, newId }),
  ...policyRoutes({ records: policies, tenants, clock, newId }),
  ...quotaRoutes({ tenants, quotas, policies, clock, newId }),
  ...callbackSecretRoutes({
    tenants,
    readCallbackKey: connectCallbackKey(environment),
    auditLog: createDynamoAuditLog(control),
    clock,
    newId,
  }),
};

/** `/v1/admin` */
export const handler = httpFunction(async (request) => {
  requireScope(request.caller, 'admin');
  const route = routes[`${request.method} ${request.route}`];
  if (route === undefined) throw new CordonError('not_found', 'There is no such route.');
  return route(request);
});
