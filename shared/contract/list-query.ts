import * as z from 'zod';
import { outcomeSchema, statusSchema } from '../domain/execution.ts';

export const executionIdSchema = z.string().regex(/^exe_[0-9A-HJKMNP-TV-Z]{26}$/, 'must be an execution id');

/** Seconds a request waits for the end of an execution, as text of a query string. */
const waitSecondsSchema = z
  .string()
  .regex(/^(\d|1\d|2[0-5])$/, 'must be a whole number of seconds from 0 to 25')
  .transform(Number);

export const waitQuerySchema = z.strictObject({ wait: waitSecondsSchema.default(0) });

/** Items of a page, as text of a query string. */
const pageLimitSchema = z
  .string()
  .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
  .transform(Number)
  .default(20);

/** Query of `GET /v1/executions`; `before` is the cursor that the page before gave as `next`. */
export const listQuerySchema = z.strictObject({
  status: statusSchema.optional(),
  outcome: outcomeSchema.optional(),
  user: z.string().min(1).max(128).optional(),
  before: executionIdSchema.optional(),
  limit: pageLimitSchema,
});
export type ListQuery = z.infer<typeof listQuerySchema>;

/** Query of `GET /v1/admin/keys`; `before` is the id that the page before gave as `next`. */
export const listKeysQuerySchema = z.strictObject({
  before: z.string().min(1).max(64).optional(),
  limit: pageLimitSchema,
});
