import * as z from 'zod';

/** For how many days a tenant's executions may be kept, with their programs, outputs and artifacts. */
export const retentionClasses = [1, 7, 30, 90, 365] as const;
export const retentionDaysSchema = z.literal(retentionClasses);
export type RetentionDays = z.infer<typeof retentionDaysSchema>;

export const defaultRetentionDays: RetentionDays = 30;

const dayMs = 86_400_000;

/** When an execution that is created at `now` expires, as ISO-8601 UTC. */
export function expiryAfter(now: Date, days: RetentionDays): string {
  return new Date(now.getTime() + days * dayMs).toISOString();
}

/** How long what belongs to an execution is kept: at least as long as the execution. */
export function retentionOf({
  createdAt,
  expiresAt,
}: {
  createdAt: string;
  expiresAt: string;
}): RetentionDays {
  const days = (Date.parse(expiresAt) - Date.parse(createdAt)) / dayMs;
  return retentionClasses.find((most) => days <= most) ?? 365;
}

/** DynamoDB deletes what has expired up to two days later; until then it is as good as gone. */
export function isExpired({ expiresAt }: { expiresAt: string }, now: Date): boolean {
  return expiresAt <= now.toISOString();
}
