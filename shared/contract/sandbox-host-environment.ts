import * as z from 'zod';

/** Guests to keep ready per template, as JSON: `{"python":2}`. */
const warmSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.partialRecord(z.enum(['python', 'python-data', 'javascript', 'bash']), z.int().nonnegative().max(64)),
  );

const countSchema = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a whole number')
  .transform(Number);

/** Environment of the sandbox host, shared by whoever starts it and its `main.ts`. */
export const sandboxHostEnvironment = z.object({
  /** 0: any free port, which the line that says "ready" names. */
  PORT: countSchema,
  /** The address to listen on: every one in a container, loopback anywhere else. */
  HOST: z.string().default('127.0.0.1'),
  HOST_API_KEY: z.string().min(16),
  CORDON_RUNSC: z.string(),
  CORDON_ROOTFS: z.string(),
  CORDON_LAUNCHER: z.string(),
  CORDON_SENTRY_CALLER: z.string(),
  WARM: warmSchema.default({}),
  SANDBOX_MODE: z.enum(['boot', 'run']).default('boot'),
  /** Most sandboxes at the same time. */
  MAX_SANDBOXES: countSchema.default(64),
  /** What sandboxes may use together; left out: most of what the machine or the container has. */
  MEMORY_MIB: countSchema.optional(),
  /** How long running sandboxes may go on after SIGTERM. */
  DRAIN_SECONDS: countSchema.default(25),
});
export type SandboxHostEnvironment = z.infer<typeof sandboxHostEnvironment>;
