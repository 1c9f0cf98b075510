import * as z from 'zod';

/** What a lane's queue carries: a reference, never the program. A new version gets a new literal. */
export const laneMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: z.string().min(1),
});
export type LaneMessage = z.infer<typeof laneMessageSchema>;
