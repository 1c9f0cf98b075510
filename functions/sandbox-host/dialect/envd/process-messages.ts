import * as z from 'zod';

/** Requests of `process.Process`, in protobuf's JSON: fields with their default value are left out. */
const selectorSchema = z.union([z.object({ pid: z.int().positive() }), z.object({ tag: z.string().min(1) })]);

/** An environment and arguments that Linux can hand over have no zero bytes. */
const argumentSchema = z.string().refine((text) => !text.includes('\0'), 'has a zero byte');

export const startSchema = z.object({
  process: z.object({
    cmd: argumentSchema.min(1),
    args: z.array(argumentSchema).default([]),
    envs: z
      .record(argumentSchema.regex(/^[^=]+$/, 'is no name of a variable'), argumentSchema)
      .default(() => ({})),
    cwd: z.string().optional(),
  }),
  pty: z.unknown().optional(),
  tag: z.string().min(1).max(256).optional(),
  /** Left out by clients from before it could be closed: they all have it. */
  stdin: z.boolean().default(true),
});
export type StartMessage = z.infer<typeof startSchema>;

export const connectSchema = z.object({ process: selectorSchema });
export const listSchema = z.object({});
export const closeStdinSchema = z.object({ process: selectorSchema });

export const sendInputSchema = z.object({
  process: selectorSchema,
  input: z.object({ stdin: z.base64().optional(), pty: z.unknown().optional() }),
});

/** Enums are names or numbers. */
export const sendSignalSchema = z.object({
  process: selectorSchema,
  signal: z.union([
    z
      .enum(['SIGNAL_SIGTERM', 'SIGTERM'])
      .or(z.literal(15))
      .transform(() => 'SIGTERM' as const),
    z
      .enum(['SIGNAL_SIGKILL', 'SIGKILL'])
      .or(z.literal(9))
      .transform(() => 'SIGKILL' as const),
  ]),
});
