import * as z from 'zod';

/** How long audit records are kept: a year and a month, so that a yearly review sees all of the year. */
export const auditRetentionDays = 396;

export const auditActions = [
  'key.create',
  'key.revoke',
  'key.use',
  'settings.change',
  'policy.change',
  'quota.change',
  'callback_secret.read',
  'execution.refuse',
] as const;

/**
 * Something that was done or refused, written once and never changed. Holds no source, input, output or secret of a
 * program.
 */
export const auditRecordSchema = z.strictObject({
  /** A ULID, or one made of an hour and a key: records sort by time. */
  id: z.string(),
  at: z.iso.datetime(),
  action: z.enum(auditActions),
  /** The key that was used, and its tenant. */
  keyId: z.string(),
  tenant: z.string(),
  /** What it was done to: `settings`, a tenant, a tenant's end user. */
  subject: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** Why something was refused. */
  reason: z.unknown().optional(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;
