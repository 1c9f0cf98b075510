import * as z from 'zod';

/**
 * What a lane's queue carries: a reference, never the program. `secretsKey` opens the secrets that are sealed in
 * the execution's item. A new version gets a new literal.
 */
export const laneMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: z.string().min(1),
  secretsKey: z.base64().optional(),
});
export type LaneMessage = z.infer<typeof laneMessageSchema>;
