import * as z from 'zod';
import { artifactSchema, type Execution, executionSchema, type Output } from '../domain/execution.ts';

const timingsSchema = z.strictObject({
  validationMs: z.number(),
  queueMs: z.number().nullable(),
  sandboxStartMs: z.number().nullable(),
  runMs: z.number().nullable(),
  totalMs: z.number().nullable(),
});

/** An execution in a list: everything but its output. */
export const executionSummarySchema = executionSchema
  .omit({
    tenant: true,
    leaseUntilMs: true,
    route: true,
    validationMs: true,
    sandboxStartMs: true,
    costReservedNanoUsd: true,
  })
  .extend({
    cached: z.literal(false),
    timings: timingsSchema,
  });
export type ExecutionSummary = z.infer<typeof executionSummarySchema>;

/** The Execution of the public contract. */
export const executionViewSchema = executionSummarySchema.extend({
  stdout: z.string(),
  stderr: z.string(),
  artifacts: z.array(artifactSchema.extend({ url: z.url() })),
});
export type ExecutionView = z.infer<typeof executionViewSchema>;

/** The public form of an execution, without what only the service needs (tenant, lease, route, reservation). */
export function summarizeExecution(execution: Execution): ExecutionSummary {
  const {
    tenant: _tenant,
    leaseUntilMs: _leaseUntilMs,
    route: _route,
    costReservedNanoUsd: _reserved,
    validationMs,
    sandboxStartMs,
    ...rest
  } = execution;
  return {
    ...rest,
    cached: false,
    timings: {
      validationMs,
      queueMs: elapsed(execution.createdAt, execution.startedAt),
      sandboxStartMs,
      runMs: execution.usage?.wallTimeMs ?? null,
      totalMs: elapsed(execution.createdAt, execution.finishedAt),
    },
  };
}

/**
 * Lambda's limit for an answer is 6 MB, in which the body is a JSON text within a JSON text. A megabyte of control
 * characters takes seven times its size there.
 */
const maxAnswerBytes = 5_500_000;

/**
 * The public form of an execution with its output; empty texts until it has one. An output that would not fit in
 * an answer is cut, and flagged as any cut output is. `urls` are the addresses of its artifacts, in their order.
 */
export function presentExecution(
  execution: Execution,
  output: Output,
  urls: readonly string[],
): ExecutionView {
  const artifacts = execution.artifacts.map((artifact, index) => ({ ...artifact, url: urls[index] ?? '' }));
  const view = { ...summarizeExecution(execution), ...output, artifacts };
  while (answerBytes(view) > maxAnswerBytes) {
    const name = view.stdout.length >= view.stderr.length ? 'stdout' : 'stderr';
    view[name] = view[name].slice(0, Math.floor(view[name].length / 2)).toWellFormed();
    view.truncated = { ...view.truncated, [name]: true };
  }
  return view;
}

function answerBytes({ stdout, stderr }: Output): number {
  const mayBeLarge = (stdout.length + stderr.length) * 7 > maxAnswerBytes;
  return mayBeLarge ? Buffer.byteLength(JSON.stringify(JSON.stringify([stdout, stderr]))) : 0;
}

function elapsed(from: string, to: string | null): number | null {
  return to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from));
}
