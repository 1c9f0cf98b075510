import * as z from 'zod';
import { operatorSettingsSchema } from '../domain/operator-settings.ts';
import { tenantPolicySchema } from '../domain/policy.ts';
import type { Versioned } from '../domain/versioned.ts';

/** Body of `PUT /v1/admin/settings`. Fields that are left out keep their value. */
export const settingsRequestSchema = operatorSettingsSchema.partial();

/** When a versioned value came to be as it is; all null and zero for the default. */
export const versionViewSchema = z.strictObject({
  version: z.int().nonnegative(),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
});

export const settingsViewSchema = operatorSettingsSchema.extend(versionViewSchema.shape);

/** Body of `PUT /v1/admin/tenants/{tenant}/policy`. Fields that are left out keep their value. */
export const policyRequestSchema = tenantPolicySchema.partial();

export const policyViewSchema = tenantPolicySchema.extend(versionViewSchema.shape);

/** A versioned value as the admin routes show it. */
export function presentVersioned<Value extends object>({ value, ...version }: Versioned<Value>) {
  return { ...value, ...version };
}
