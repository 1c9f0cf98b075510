import * as z from 'zod';
import { executionIdSchema } from './list-query.ts';

/**
 * What a lane's queue carries: a reference, never the program. `secretsKey` opens the secrets that are sealed in
 * the execution's item. A new version gets a new literal.
 */
export const laneMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: executionIdSchema,
  secretsKey: z.base64().optional(),
});
export type LaneMessage = z.infer<typeof laneMessageSchema>;
