import * as z from 'zod';
import { executionIdSchema } from './list-query.ts';

/** What the callbacks' queue carries: a reference to an execution that is over. A new version gets a new literal. */
export const callbackMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: executionIdSchema,
});
export type CallbackMessage = z.infer<typeof callbackMessageSchema>;
