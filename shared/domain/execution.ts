import * as z from 'zod';
import { callbackSchema } from './callback.ts';
import { limitsSchema, usageSchema } from './limits.ts';
import { languageSchema } from './program.ts';
import { programErrorSchema } from './sandbox-report.ts';
import { violationSchema } from './violation.ts';

export const statuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export const statusSchema = z.enum(statuses);
export type Status = z.infer<typeof statusSchema>;

/** How a completed program ended: the program's doing, never ours. */
export const outcomes = [
  'succeeded',
  'nonzero_exit',
  'signaled',
  'time_limit_exceeded',
  'memory_limit_exceeded',
  'output_limit_exceeded',
  'blocked',
] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Why an execution failed through no fault of the program. Only these are retried. */
export const failureCodes = ['backend_unavailable', 'sandbox_lost', 'internal'] as const;
export const failureSchema = z.strictObject({ code: z.enum(failureCodes), message: z.string() });
export type Failure = z.infer<typeof failureSchema>;
export type FailureCode = Failure['code'];

export const backends = ['e2b', 'gvisor', 'wasm'] as const;
export const backendNameSchema = z.enum(backends);
export type BackendName = z.infer<typeof backendNameSchema>;

/** A failed attempt: claim number `attempt`, made by `backend`, given up at `at`. */
export const failedAttemptSchema = failureSchema.extend({
  attempt: z.int().positive(),
  backend: backendNameSchema,
  at: z.iso.datetime(),
});
export type FailedAttempt = z.infer<typeof failedAttemptSchema>;

/** A file that the program left, relative to its working directory. */
export const artifactSchema = z.strictObject({
  path: z.string(),
  bytes: z.int().nonnegative(),
  mediaType: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** What was replaced in what a program wrote: how often, of which kind, and where. */
export const redactionSchema = z.strictObject({
  kind: z.string(),
  stream: z.enum(['stdout', 'stderr', 'error', 'artifacts']),
  count: z.int().positive(),
});
export type Redaction = z.infer<typeof redactionSchema>;

/** The result of a completed program, or empty until there is one. */
export const outputSchema = z.strictObject({
  stdout: z.string(),
  stderr: z.string(),
});
export type Output = z.infer<typeof outputSchema>;

/**
 * One accepted request, without its Program and Output (both can be large and live beside it).
 * Times are ISO-8601 UTC. `attempts` counts claims; `leaseUntilMs` (epoch) fences the current one. `failure` is
 * the latest of `failures`. `route` is the backends that may run it: a later one takes over from an earlier one
 * that could not start it. Executions of before there were lanes have none, as `lane` and `backend` say it all.
 */
export const executionSchema = z.strictObject({
  id: z.string(),
  tenant: z.string(),
  user: z.string().nullable(),
  status: statusSchema,
  outcome: outcomeSchema.nullable(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  truncated: z.strictObject({ stdout: z.boolean(), stderr: z.boolean() }),
  error: programErrorSchema.nullable(),
  failure: failureSchema.nullable(),
  failures: z.array(failedAttemptSchema).default([]),
  artifacts: z.array(artifactSchema).default([]),
  redactions: z.array(redactionSchema).default([]),
  /** Of a request with a `callbackUrl`. */
  callback: callbackSchema.nullable().default(null),
  /** What the policy found and let pass, the severest first. */
  violations: z.array(violationSchema).default([]),
  language: languageSchema,
  backend: backendNameSchema,
  lane: backendNameSchema,
  route: z.array(backendNameSchema).default([]),
  attempts: z.int().nonnegative(),
  leaseUntilMs: z.int().nullable(),
  limits: limitsSchema,
  usage: usageSchema.nullable(),
  validationMs: z.number().nonnegative(),
  sandboxStartMs: z.number().nonnegative().nullable(),
  costUsd: z.number().nonnegative().nullable(),
  /** Of its tenant's budget, until it is over. */
  costReservedNanoUsd: z.int().nonnegative().default(0),
  sourceSha256: z.string(),
  /** The version of its tenant's policy that it was admitted under. */
  policyVersion: z.int().nonnegative().default(0),
  metadata: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
});
export type Execution = z.infer<typeof executionSchema>;

const transitions: Record<Status, readonly Status[]> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['queued', 'running', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** Whether an execution in `from` may move to `to`. `running > running` is a retry after a lost lease. */
export function canMove(from: Status, to: Status): boolean {
  return transitions[from].includes(to);
}

/** A terminal status never changes. */
export function isTerminal(status: Status): boolean {
  return transitions[status].length === 0;
}
