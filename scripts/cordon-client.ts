import type * as z from 'zod';
import type { CreateKeyRequest, KeyView } from '../shared/contract/api-key.ts';
import type { ExecutionSummary, ExecutionView } from '../shared/contract/execution-view.ts';
import type { listQuerySchema } from '../shared/contract/list-query.ts';
import type { Problem } from '../shared/contract/problem.ts';
import type { QuotaView } from '../shared/contract/quota-view.ts';
import type { submitRequestSchema } from '../shared/contract/submit-request.ts';
import type { policyViewSchema, settingsViewSchema } from '../shared/contract/versioned-views.ts';
import type { OperatorSettings } from '../shared/domain/operator-settings.ts';
import type { TenantPolicy } from '../shared/domain/policy.ts';
import type { QuotaChange } from '../shared/domain/quota-change.ts';

export type PolicyView = z.output<typeof policyViewSchema>;
export type SettingsView = z.output<typeof settingsViewSchema>;
export type SubmitBody = z.input<typeof submitRequestSchema>;
export type ListQuery = Partial<Record<keyof z.input<typeof listQuerySchema>, string | number>>;

/** What the service said. A problem is a value: only a lost connection or an answer that isn't JSON throws. */
export type Answer<Body> =
  | { ok: true; status: number; headers: Headers; body: Body }
  | { ok: false; status: number; headers: Headers; problem: Problem };

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Wait {
  /** Seconds (0 to 25) the service may hold the request until the execution is terminal. */
  waitSeconds?: number;
}

export interface CordonClient {
  /**
   * `200` with the terminal execution, or `202` when it is not terminal yet. Idempotent with a key: then it is safe to
   * send the request again.
   */
  submit(request: SubmitBody, options?: Wait & { idempotencyKey?: string }): Promise<Answer<ExecutionView>>;
  get(id: string, wait?: Wait): Promise<Answer<ExecutionView>>;
  /** `200` cancelled, `202` while it still runs. Idempotent. */
  cancel(id: string): Promise<Answer<ExecutionView>>;
  /** Newest first; pass `next` of a page as `before` for the page after it. */
  list(query?: ListQuery): Promise<Answer<Page<ExecutionSummary>>>;
  createKey(request: CreateKeyRequest): Promise<Answer<KeyView & { key: string }>>;
  listKeys(): Promise<Answer<Page<KeyView>>>;
  deleteKey(id: string): Promise<Answer<undefined>>;
  getSettings(): Promise<Answer<SettingsView>>;
  /** Fields that are left out keep their value. */
  putSettings(fields: Partial<OperatorSettings>): Promise<Answer<SettingsView>>;
  /** The caller's own, or that of one of its end users. */
  getQuota(user?: string): Promise<Answer<QuotaView>>;
  getQuotaOf(tenant: string): Promise<Answer<QuotaView>>;
  /** Fields that are left out keep their value. */
  putQuota(tenant: string, fields: QuotaChange): Promise<Answer<QuotaView>>;
  getQuotaOfUser(tenant: string, user: string): Promise<Answer<QuotaView>>;
  /** Fields that are left out keep their value. */
  putQuotaOfUser(tenant: string, user: string, fields: QuotaChange): Promise<Answer<QuotaView>>;
  /** What the callbacks of a tenant are signed with. */
  getCallbackSecretOf(tenant: string): Promise<Answer<{ secret: string }>>;
  getPolicy(tenant: string): Promise<Answer<PolicyView>>;
  /** Fields that are left out keep their value. */
  putPolicy(tenant: string, fields: Partial<TenantPolicy>): Promise<Answer<PolicyView>>;
}

/** A client of one service as the owner of one key. Connections are kept alive and pooled by `fetch`. */
export function createCordonClient(options: { baseUrl: string; key: string }): CordonClient {
  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> =>
    readAnswer(
      await fetch(new URL(path, options.baseUrl), {
        method,
        headers: {
          ...headers,
          authorization: `Bearer ${options.key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );

  return {
    submit: (request, { idempotencyKey, ...wait } = {}) =>
      call(
        'POST',
        `/v1/executions${waitQuery(wait)}`,
        request,
        idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
      ),
    get: (id, wait) => call('GET', `/v1/executions/${encodeURIComponent(id)}${waitQuery(wait)}`),
    cancel: (id) => call('POST', `/v1/executions/${encodeURIComponent(id)}/cancel`),
    list: (query = {}) => call('GET', `/v1/executions${toQuery(query)}`),
    createKey: (request) => call('POST', '/v1/admin/keys', request),
    listKeys: () => call('GET', '/v1/admin/keys'),
    deleteKey: (id) => call('DELETE', `/v1/admin/keys/${encodeURIComponent(id)}`),
    getSettings: () => call('GET', '/v1/admin/settings'),
    putSettings: (fields) => call('PUT', '/v1/admin/settings', fields),
    getQuota: (user) => call('GET', `/v1/quota${toQuery({ user })}`),
    getQuotaOf: (tenant) => call('GET', tenantPath(tenant, 'quota')),
    putQuota: (tenant, fields) => call('PUT', tenantPath(tenant, 'quota'), fields),
    getQuotaOfUser: (tenant, user) => call('GET', tenantPath(tenant, userQuotaPath(user))),
    putQuotaOfUser: (tenant, user, fields) => call('PUT', tenantPath(tenant, userQuotaPath(user)), fields),
    getCallbackSecretOf: (tenant) => call('GET', tenantPath(tenant, 'callback-secret')),
    getPolicy: (tenant) => call('GET', tenantPath(tenant, 'policy')),
    putPolicy: (tenant, fields) => call('PUT', tenantPath(tenant, 'policy'), fields),
  };
}

function tenantPath(tenant: string, resource: string): string {
  return `/v1/admin/tenants/${encodeURIComponent(tenant)}/${resource}`;
}

function userQuotaPath(user: string): string {
  return `users/${encodeURIComponent(user)}/quota`;
}

function waitQuery({ waitSeconds }: Wait = {}): string {
  return toQuery({ wait: waitSeconds });
}

function toQuery(members: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

async function readAnswer<Body>(response: Response): Promise<Answer<Body>> {
  const { status, headers } = response;
  const body = parseBody(await response.text(), response);
  return response.ok
    ? { ok: true, status, headers, body: body as Body }
    : { ok: false, status, headers, problem: body as Problem };
}

/** Types are the contract's word, not checked here: tests assert on the bodies themselves. */
function parseBody(text: string, { status, url, headers }: Response): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${status} from ${url} is not JSON but ${headers.get('content-type')}`, { cause });
  }
}
