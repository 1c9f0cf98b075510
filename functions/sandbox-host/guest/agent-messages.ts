import * as z from 'zod';

const pid = z.int().positive();

const entrySchema = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(['file', 'directory', 'symlink', 'other']),
  size: z.int().nonnegative(),
  mode: z.int().nonnegative(),
  owner: z.string(),
  group: z.string(),
  modifiedMs: z.int(),
  symlinkTarget: z.string().nullable(),
});

/** What the agent may say. It is our own program; the guest that it runs in is hostile. */
export const agentMessageSchema = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ output: pid, stream: z.enum(['stdout', 'stderr']) }),
  z.strictObject({ ended: pid, exitCode: z.int() }),
  z.strictObject({ ended: pid, signal: z.string() }),
  z.strictObject({ chunk: z.int(), missing: z.int().optional() }),
  z.strictObject({
    id: z.int(),
    error: z.strictObject({
      code: z.enum([
        'not_found',
        'already_exists',
        'invalid_argument',
        'permission_denied',
        'no_space',
        'internal',
      ]),
      message: z.string().max(10_000),
    }),
  }),
  z.strictObject({
    id: z.int(),
    pid: pid.optional(),
    size: z.int().nonnegative().optional(),
    entry: entrySchema.optional(),
    entries: z.array(entrySchema).optional(),
  }),
]);
export type AgentMessage = z.infer<typeof agentMessageSchema>;
export type AgentAnswer = Extract<AgentMessage, { entry?: unknown }>;
