import { z } from 'zod';
import { limitsSchema } from '../../shared/domain/limits.ts';
import { programSchema } from '../../shared/domain/program.ts';
import { endingSchema, programErrorSchema } from '../../shared/domain/sandbox-report.ts';

/**
 * What the supervisor and a child say to each other, over plain pipes:
 *
 *   fd 0   jobs      supervisor > child   length (4 bytes, little endian) + JSON; its end tells the child to go
 *   fd 1   stdout    child > supervisor   raw bytes of the program
 *   fd 2   stderr    child > supervisor   raw bytes of the program
 *   fd 3   messages  child > supervisor   one line of JSON each
 *
 *   child       ready ──────────> started ─────────────> finished ──(reset)──> ready | exit
 *   supervisor         job ────>          wall clock runs         report
 *
 * A program never reaches these pipes: its own descriptors are numbers in a table of the interpreter.
 */
export const jobFd = 0;
export const stdoutFd = 1;
export const stderrFd = 2;
export const messageFd = 3;

export const childJobSchema = z.strictObject({ program: programSchema, limits: limitsSchema });
export type ChildJob = z.infer<typeof childJobSchema>;

export const childMessageSchema = z.discriminatedUnion('kind', [
  /** Takes a job now. Follows the start, and every successful reset. */
  z.strictObject({ kind: z.literal('ready') }),
  /** The program's first instruction is next. */
  z.strictObject({ kind: z.literal('started') }),
  /** The program is over. The byte counts say how much of the two output pipes belongs to it. */
  z.strictObject({
    kind: z.literal('finished'),
    ending: endingSchema,
    error: programErrorSchema.nullable(),
    peakMemoryMiB: z.number().nonnegative(),
    wallTimeMs: z.number().nonnegative(),
    cpuTimeMs: z.number().nonnegative(),
    stdoutBytes: z.int().nonnegative(),
    stderrBytes: z.int().nonnegative(),
  }),
]);
export type ChildMessage = z.infer<typeof childMessageSchema>;
export type Finished = Extract<ChildMessage, { kind: 'finished' }>;
