import * as z from 'zod';
import { executionIdSchema } from './list-query.ts';

/**
 * What the callbacks' queue carries: which attempt to make, of which execution's callback. One that was made is not made
 * again, so that messages that are too many end where they are. A new version gets a new literal.
 */
export const callbackMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: executionIdSchema,
  attempt: z.int().positive(),
});
export type CallbackMessage = z.infer<typeof callbackMessageSchema>;
