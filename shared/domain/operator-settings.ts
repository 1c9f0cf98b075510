import * as z from 'zod';
import { backendNameSchema } from './execution.ts';

/** What an operator changes while the service runs; in force everywhere within 10 s. */
export const operatorSettingsSchema = z.strictObject({
  mode: z.enum(['normal', 'restricted', 'maintenance']),
  /** Shown to callers that the mode turns away. */
  message: z.string().max(1_000),
  disabledBackends: z.array(backendNameSchema),
  /** Shares of new executions by backend; see `findRoute`. */
  weights: z.partialRecord(backendNameSchema, z.number().min(0).max(1_000_000)),
});
export type OperatorSettings = z.infer<typeof operatorSettingsSchema>;

/** In force until an operator writes others. */
export const defaultOperatorSettings: OperatorSettings = {
  mode: 'normal',
  message: '',
  disabledBackends: [],
  weights: {},
};

/** The part of a tenant's policy that routes its executions; other parts belong to other readers. */
export const tenantRoutingSchema = z.object({
  backends: z.array(backendNameSchema).nullable().default(null),
});
export type TenantRouting = z.infer<typeof tenantRoutingSchema>;
