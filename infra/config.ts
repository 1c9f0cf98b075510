import * as z from 'zod';

/** `prod` keeps its data when the stack is deleted; `dev` goes without a trace. */
const stageSchema = z.enum(['prod', 'dev']).default('prod');
export type Stage = z.infer<typeof stageSchema>;

/** Parses the context value `stage` (`cdk deploy -c stage=dev`). */
export function readStage(value: unknown): Stage {
  return stageSchema.parse(value ?? undefined);
}

/** Executor concurrency of the wasm lane: how many sandboxes run at the same time. */
export const wasmLaneConcurrency = 50;

/** What API Gateway admits before any function runs. */
export const throttling = { rateLimit: 200, burstLimit: 400 };

/** How long an answer of the authorizer is reused. With the write itself, a revoked key stops within 60 s. */
export const authorizerCacheSeconds = 30;
