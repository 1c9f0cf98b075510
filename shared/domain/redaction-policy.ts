import * as z from 'zod';
import { uniqueList } from './unique-list.ts';

/** What is done about secrets in what programs write. Values that a request marks as secret are always redacted. */
export const redactionPolicySchema = z.strictObject({
  /** Kinds that are left in, as `redactions` of an execution names them. */
  off: uniqueList(z.string().regex(/^[a-z0-9-]{1,64}$/)).max(200),
  /** Also email addresses and phone numbers, of which ordinary output is full. */
  contacts: z.boolean(),
});
export type RedactionPolicy = z.infer<typeof redactionPolicySchema>;

export const defaultRedactionPolicy: RedactionPolicy = { off: [], contacts: false };
