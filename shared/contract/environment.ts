import * as z from 'zod';

/** Environment of each function, shared by the construct that sets it and the handler that parses it. */
const logging = { POWERTOOLS_SERVICE_NAME: z.string(), POWERTOOLS_METRICS_NAMESPACE: z.string() };
const control = { CONTROL_TABLE: z.string() };
const executions = { EXECUTIONS_TABLE: z.string(), LEDGER_TABLE: z.string(), BLOBS_BUCKET: z.string() };

export const environments = {
  authorize: z.object({ ...logging, ...control }),
  'submit-execution': z.object({ ...logging, ...executions, WASM_QUEUE_URL: z.string() }),
  'read-executions': z.object({ ...logging, ...executions }),
  'run-execution': z.object({
    ...logging,
    ...executions,
    LANE_QUEUE_URL: z.string(),
    WASM_SANDBOX_FUNCTION: z.string(),
  }),
  'settle-dead-letter': z.object({ ...logging, ...executions }),
  admin: z.object({ ...logging, ...control, LEDGER_TABLE: z.string() }),
  'sandbox-wasm': z.object({}),
} as const;
export type FunctionName = keyof typeof environments;
export type Environment<Name extends FunctionName> = z.infer<(typeof environments)[Name]>;
