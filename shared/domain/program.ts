import * as z from 'zod';
import { defaultRedactionPolicy, redactionPolicySchema } from './redaction-policy.ts';

/** Languages of the public contract. A lane decides which of them it can run. */
export const languages = ['python', 'javascript', 'typescript', 'bash'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Any JSON value. Unchecked: it only ever comes out of `JSON.parse`, and can be a megabyte. */
export const jsonValueSchema = z.custom<JsonValue>();

/** One file placed in the program's working directory before it starts. */
export const programFileSchema = z.strictObject({
  path: z.string(),
  content: z.string(),
  encoding: z.enum(['utf8', 'base64']),
});
export type ProgramFile = z.infer<typeof programFileSchema>;

/**
 * What runs: language, source and everything the source can read.
 * `context` is any JSON value, bound to the variable `context` (Python, JavaScript, TypeScript);
 * left out, the variable is not defined.
 */
export const programSchema = z.strictObject({
  language: languageSchema,
  source: z.string(),
  context: jsonValueSchema.optional(),
  stdin: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  files: z.array(programFileSchema),
});
export type Program = z.infer<typeof programSchema>;

/**
 * A program, which of the files that it leaves are kept (globs relative to its working directory), and what is left in
 * of what it writes, by the policy at its admission.
 */
export const orderSchema = programSchema.extend({
  artifacts: z.array(z.string()).default([]),
  redaction: redactionPolicySchema.default(defaultRedactionPolicy),
});
export type Order = z.input<typeof orderSchema>;
