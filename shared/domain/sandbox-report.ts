import * as z from 'zod';
import { limitsSchema, usageSchema } from './limits.ts';
import { programSchema } from './program.ts';

/** One program to run in one fresh sandbox for one tenant. */
export const sandboxJobSchema = z.strictObject({
  executionId: z.string(),
  tenant: z.string(),
  program: programSchema,
  limits: limitsSchema,
});
export type SandboxJob = z.infer<typeof sandboxJobSchema>;

/**
 * An uncaught exception as the language's own interpreter reports it.
 * `line` is 1-based in the program's source; null when no line of the source is involved.
 */
export const programErrorSchema = z.strictObject({
  type: z.string(),
  message: z.string(),
  line: z.int().positive().nullable(),
});
export type ProgramError = z.infer<typeof programErrorSchema>;

/** How a program's process ended. A misbehaving program is a value, never an exception of ours. */
export const endingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exited'), exitCode: z.int() }),
  z.strictObject({ kind: z.literal('signaled'), signal: z.string() }),
  z.strictObject({
    kind: z.literal('limited'),
    limit: z.enum(['wallTimeMs', 'cpuTimeMs', 'memoryMiB', 'outputBytes']),
  }),
  /** The sandbox boundary refused something that no ordinary program does; `attempt` names it. */
  z.strictObject({ kind: z.literal('blocked'), attempt: z.string() }),
]);
export type Ending = z.infer<typeof endingSchema>;

/**
 * What a sandbox says of one run. Output is UTF-8 decoded (invalid bytes become U+FFFD), cut on a
 * character's border and flagged in `truncated` where the byte limit was reached.
 * `sandboxStartMs` is the time until the program's first instruction, `usage.wallTimeMs` the time from there.
 */
export const sandboxReportSchema = z.strictObject({
  ending: endingSchema,
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.strictObject({ stdout: z.boolean(), stderr: z.boolean() }),
  error: programErrorSchema.nullable(),
  usage: usageSchema,
  sandboxStartMs: z.number().nonnegative(),
});
export type SandboxReport = z.infer<typeof sandboxReportSchema>;
