import * as z from 'zod';
import { defaultQuota, type Quota } from './account.ts';
import { backendNameSchema } from './execution.ts';
import { type LimitName, type Limits, limitCeilings, limitFloors } from './limits.ts';
import { languageSchema } from './program.ts';
import { changeQuota, quotaChangeSchema } from './quota-change.ts';
import { defaultRedactionPolicy, redactionPolicySchema } from './redaction-policy.ts';
import { defaultRetentionDays, retentionDaysSchema } from './retention.ts';
import { uniqueList } from './unique-list.ts';
import { severities } from './violation.ts';

/** `standard` denies hostile idioms and records the rest; `strict` is for pure computation with safe modules. */
export const policyProfiles = ['standard', 'strict'] as const;
export const policyProfileSchema = z.enum(policyProfiles);
export type PolicyProfile = z.infer<typeof policyProfileSchema>;

/** Modules by the name that a program imports: `numpy`, `os`, `node:fs`, `@scope/name`. */
const moduleListSchema = z
  .array(
    z
      .string()
      .max(100)
      .regex(
        /^(?:node:)?@?\w[\w-]*(?:[./]\w[\w-]*)*$/,
        'must be the name of a module, such as os or node:fs',
      ),
  )
  .max(200);

const ceiling = (name: LimitName) => z.int().min(limitFloors[name]).max(limitCeilings[name]).optional();

/** What a tenant's programs may do. Null takes the value of the profile (`denyAt`) or the service (lists). */
export const tenantPolicySchema = z.strictObject({
  profile: policyProfileSchema,
  /** Violations of this severity and above are denied, the others recorded. High is always denied. */
  denyAt: z.enum(severities).nullable(),
  /** Modules that are no violation, whatever the profile says of them. */
  allowModules: moduleListSchema,
  /** Modules that are always denied; wins over `allowModules`. */
  denyModules: moduleListSchema,
  /** The most that a request may ask for, where it is less than the service's ceilings. */
  limits: z.strictObject({
    wallTimeMs: ceiling('wallTimeMs'),
    cpuTimeMs: ceiling('cpuTimeMs'),
    memoryMiB: ceiling('memoryMiB'),
    outputBytes: ceiling('outputBytes'),
    processes: ceiling('processes'),
    diskMiB: ceiling('diskMiB'),
  } satisfies Record<LimitName, z.ZodType>),
  languages: uniqueList(languageSchema).min(1).nullable(),
  backends: uniqueList(backendNameSchema).min(1).nullable(),
  redaction: redactionPolicySchema,
  /** Of each of its end users, until they have one of their own; what is left out is as for a new tenant. */
  userQuota: quotaChangeSchema,
  /** Of executions that are admitted from now on. */
  retentionDays: retentionDaysSchema,
});
export type TenantPolicy = z.infer<typeof tenantPolicySchema>;

/** A tenant's policy as it was at one time: `version` counts its changes. */
export type Policy = TenantPolicy & { readonly version: number };

/** The policy of a tenant for whom none was written. */
export const defaultTenantPolicy: TenantPolicy = {
  profile: 'standard',
  denyAt: null,
  allowModules: [],
  denyModules: [],
  limits: {},
  languages: null,
  backends: null,
  redaction: defaultRedactionPolicy,
  userQuota: {},
  retentionDays: defaultRetentionDays,
};

export const defaultPolicy: Policy = { ...defaultTenantPolicy, version: 0 };

/** What an end user of the tenant may use who has no quota of their own. */
export function quotaOfUsers({ userQuota }: Pick<TenantPolicy, 'userQuota'>): Quota {
  return changeQuota(defaultQuota, userQuota);
}

/** The policy for one request, which may ask for a stricter profile than its tenant's, never for a looser one. */
export function policyOfRequest(policy: Policy, requested: PolicyProfile | undefined): Policy {
  return requested === 'strict' ? { ...policy, profile: 'strict' } : policy;
}

/** The limits that a request gets, of which it may have named some; or the first that is above its ceiling. */
export function limitsUnder(
  { limits: ceilings }: TenantPolicy,
  requested: { readonly [Name in LimitName]?: number | undefined },
  defaults: Limits,
): { kind: 'limits'; limits: Limits } | { kind: 'above'; limit: LimitName; ceiling: number } {
  const limits = { ...defaults };
  for (const name of Object.keys(defaults) as LimitName[]) {
    const most = ceilings[name] ?? limitCeilings[name];
    const wanted = requested[name];
    if (wanted !== undefined && wanted > most) return { kind: 'above', limit: name, ceiling: most };
    limits[name] = wanted ?? Math.min(defaults[name], most);
  }
  return { kind: 'limits', limits };
}
