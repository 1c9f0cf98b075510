import * as z from 'zod';
import { backendNameSchema } from '../shared/domain/execution.ts';
import type { LaneName } from '../shared/domain/lane.ts';

/** `prod` keeps its data when the stack is deleted; `dev` goes without a trace. */
const stageSchema = z.enum(['prod', 'dev']).default('prod');
export type Stage = z.infer<typeof stageSchema>;

/** Parses the context value `stage` (`npm run deploy -- -c stage=dev`). */
export function readStage(value: unknown): Stage {
  return stageSchema.parse(value ?? undefined);
}

const lanesSchema = z
  .string()
  .default('wasm')
  .transform((text) => text.split(','))
  .pipe(z.array(backendNameSchema).min(1));

/**
 * Parses the context value `lanes` (`npm run deploy -- -c lanes=wasm,e2b`): what the deployment has, and pays for. Unless
 * told, it has what needs no key, no Docker and no money while idle.
 */
export function readLanes(value: unknown): LaneName[] {
  return lanesSchema.parse(value ?? undefined);
}

/** What E2B allows an account, by plan: https://e2b.dev/docs/billing (from memory, to be checked). */
export const e2bPlans = {
  hobby: { concurrency: 20, createsPerSecond: 1 },
  pro: { concurrency: 100, createsPerSecond: 5 },
} as const;
export type E2bPlan = keyof typeof e2bPlans;

/** Parses the context value `e2bPlan` (`npm run deploy -- -c e2bPlan=pro`). */
export function readE2bPlan(value: unknown): E2bPlan {
  return z
    .enum(['hobby', 'pro'])
    .default('hobby')
    .parse(value ?? undefined);
}

/** Executor concurrency of the wasm lane: how many sandboxes run at the same time. */
export const wasmLaneConcurrency = 50;

/**
 * The fleet of the gvisor lane. A host has 2 vCPU and 4 GiB: room for the warm guests and for four sandboxes
 * with all memory and files that an execution may ask for.
 */
export const sandboxHosts = {
  cpuUnits: 2_048,
  memoryMiB: 4_096,
  sandboxesEach: 4,
  most: 4,
  warm: { python: 2, 'python-data': 1, javascript: 1, bash: 1 },
} as const;

/**
 * Parses the context value `runscSha512`: the published checksum of the pinned runsc release, without which the
 * hosts' image is not built. https://gvisor.dev/docs/user_guide/install/#specific-release
 */
export function readRunscSha512(value: unknown): string | undefined {
  return z
    .string()
    .regex(/^[0-9a-f]{128}$/, 'runscSha512 must be a SHA-512 in hex')
    .optional()
    .parse(value ?? undefined);
}

/** Callbacks on their way at the same time; each waits up to ten seconds for its receiver. */
export const callbackConcurrency = 50;

/** What API Gateway admits before any function runs. */
export const throttling = { rateLimit: 200, burstLimit: 400 };

/** What a function admits of one API key that was created without a throttle of its own. */
export const keyThrottle = { burst: 100, ratePerSecond: 50 };

/** How long an answer of the authorizer is reused. With the write itself, a revoked key stops within 60 s. */
export const authorizerCacheSeconds = 30;
