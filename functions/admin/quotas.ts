import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { presentQuota, userSchema } from '../../shared/contract/quota-view.ts';
import { type Account, accountOfUser, openAccount, quotaSchema } from '../../shared/domain/account.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import { quotaOfUsers, type TenantPolicy } from '../../shared/domain/policy.ts';
import { changeQuota, quotaChangeSchema } from '../../shared/domain/quota-change.ts';
import type { HttpRequest, HttpResponse } from '../../shared/lambda/http-function.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import type { AccountReader } from '../../shared/ports/account-reader.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { QuotaStore } from '../../shared/ports/quota-store.ts';
import type { VersionedRecords } from '../../shared/ports/versioned-records.ts';
import { knownTenant } from './known-tenant.ts';
import type { Routes } from './routes.ts';
import { untilChanged } from './until-changed.ts';

export interface QuotaPorts {
  tenants: AccountReader;
  quotas: QuotaStore;
  /** They say what an end user gets who has no quota yet. */
  policies: VersionedRecords<TenantPolicy>;
  clock: Clock;
  /** A ULID for this moment. */
  newId: (now: Date) => string;
}

/** Finds the account that a route names, and what the audit calls it. */
type FindAccount = (request: HttpRequest) => Promise<{ account: Account; subject: string }>;

/** `/v1/admin/tenants/{tenant}/quota` and `/v1/admin/tenants/{tenant}/users/{user}/quota` */
export function quotaRoutes(ports: QuotaPorts): Routes {
  const ofTenant: FindAccount = async (request) => {
    const { tenant, account } = await knownTenant(ports.tenants, request);
    return { account, subject: tenant };
  };
  const ofUser: FindAccount = async (request) => {
    const { tenant } = await knownTenant(ports.tenants, request);
    const user = userSchema.safeParse(request.pathParameters.user);
    if (!user.success) throw new CordonError('not_found', 'No end user can have this name.');
    const known = await ports.tenants.find(tenant, user.data);
    const account = known ?? (await unopened(ports, tenant, user.data));
    return { account, subject: `${tenant}/${user.data}` };
  };
  return {
    'GET /v1/admin/tenants/{tenant}/quota': (request) => show(ports, ofTenant, request),
    'PUT /v1/admin/tenants/{tenant}/quota': (request) => change(ports, ofTenant, request),
    'GET /v1/admin/tenants/{tenant}/users/{user}/quota': (request) => show(ports, ofUser, request),
    'PUT /v1/admin/tenants/{tenant}/users/{user}/quota': (request) => change(ports, ofUser, request),
  };
}

/** What the first execution of a user would open. */
async function unopened({ policies, clock }: QuotaPorts, tenant: string, user: string): Promise<Account> {
  const { value } = await policies.read(tenant);
  return openAccount(accountOfUser(tenant, user), quotaOfUsers(value), clock());
}

async function show({ clock }: QuotaPorts, find: FindAccount, request: HttpRequest): Promise<HttpResponse> {
  const { account } = await find(request);
  return { status: 200, body: presentQuota(account, clock()) };
}

async function change(ports: QuotaPorts, find: FindAccount, request: HttpRequest): Promise<HttpResponse> {
  const { body, headers, caller } = request;
  const wanted = parseInput(quotaChangeSchema, parseJsonBody(body, headers['content-type']));
  await ports.quotas.open((await find(request)).account);
  return untilChanged(async () => {
    const { account, subject } = await find(request);
    const before = quotaSchema.strip().parse(account);
    const after = changeQuota(before, wanted);
    const now = ports.clock();
    const by = { keyId: caller.keyId, tenant: caller.tenant };
    const audit = { id: ports.newId(now), at: now.toISOString(), ...by, subject, before, after };
    if (!(await ports.quotas.change(account, after, { action: 'quota.change', ...audit }))) return null;
    logger.info('quota changed', { subject, by: caller.keyId });
    return { status: 200, body: presentQuota((await find(request)).account, now) };
  });
}
