import * as z from 'zod';
import { backendNameSchema } from '../domain/execution.ts';
import type { LaneName } from '../domain/lane.ts';
import { callbackTargetsSchema } from './callback-url.ts';

/** Environment of each function, shared by the construct that sets it and the handler that parses it. */
const logging = { POWERTOOLS_SERVICE_NAME: z.string(), POWERTOOLS_METRICS_NAMESPACE: z.string() };
const control = { CONTROL_TABLE: z.string() };
const executions = { EXECUTIONS_TABLE: z.string(), LEDGER_TABLE: z.string(), BLOBS_BUCKET: z.string() };

/** Of API keys without a throttle of their own. */
const throttle = { KEY_BURST: z.string(), KEY_RATE_PER_SECOND: z.string() };

/** Where whoever ends an execution asks for its callback. */
const callbacks = { CALLBACKS_QUEUE_URL: z.string() };
const callbackTargets = { CALLBACK_TARGETS: callbackTargetsSchema };
/** The secret that those of the tenants are derived from. */
const callbackKey = { CALLBACK_KEY_SECRET: z.string() };

/** What a secret holds until its owner puts a key there. */
export const unsetSecret = 'unset';

const e2b = {
  /** The secret that holds the API key. */
  E2B_KEY_SECRET: z.string(),
  /** Marks this deployment's sandboxes among those of other deployments in the same E2B account. */
  DEPLOYMENT: z.string(),
};

/** Queues of the lanes that a function sends to: those that it is given. */
const queues = {
  WASM_QUEUE_URL: z.string().optional(),
  E2B_QUEUE_URL: z.string().optional(),
  GVISOR_QUEUE_URL: z.string().optional(),
};
export const queueVariables = {
  wasm: 'WASM_QUEUE_URL',
  e2b: 'E2B_QUEUE_URL',
  gvisor: 'GVISOR_QUEUE_URL',
} as const satisfies Record<LaneName, keyof typeof queues>;

/** By them the settler knows whose dead letters it was given. */
const deadLetters = {
  WASM_DEAD_LETTERS_ARN: z.string().optional(),
  E2B_DEAD_LETTERS_ARN: z.string().optional(),
  GVISOR_DEAD_LETTERS_ARN: z.string().optional(),
};
export const deadLetterVariables = {
  wasm: 'WASM_DEAD_LETTERS_ARN',
  e2b: 'E2B_DEAD_LETTERS_ARN',
  gvisor: 'GVISOR_DEAD_LETTERS_ARN',
} as const satisfies Record<LaneName, keyof typeof deadLetters>;

/** One code base, one executor for each lane: `BACKEND` chooses. */
const executors = z.discriminatedUnion('BACKEND', [
  z.object({
    ...logging,
    ...executions,
    ...control,
    ...callbacks,
    BACKEND: z.literal('wasm'),
    LANE_QUEUE_URL: z.string(),
    WASM_SANDBOX_FUNCTION: z.string(),
  }),
  z.object({
    ...logging,
    ...executions,
    ...control,
    ...callbacks,
    BACKEND: z.literal('e2b'),
    LANE_QUEUE_URL: z.string(),
    /** Where it hands over what E2B can't start; without it, it retries. */
    GVISOR_QUEUE_URL: z.string().optional(),
    ...e2b,
    E2B_CREATES_PER_SECOND: z.string(),
  }),
  // Without a way to SQS: its network has none, and an endpoint for it would cost money while the lane is idle.
  z.object({
    ...logging,
    ...executions,
    ...control,
    BACKEND: z.literal('gvisor'),
    /** Its name stands for every host; each has an address of its own. */
    SANDBOX_HOST_URL: z.url(),
    HOST_API_KEY: z.string(),
  }),
]);

/** The value of `BACKENDS`: names separated by commas. */
export const backendListSchema = z
  .string()
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(backendNameSchema));

export const environments = {
  authorize: z.object({ ...logging, ...control }),
  'submit-execution': z.object({
    ...logging,
    ...executions,
    ...control,
    ...throttle,
    ...queues,
    ...callbackTargets,
    /** What this deployment can run on; see {@link backendListSchema}. */
    BACKENDS: z.string(),
  }),
  'read-executions': z.object({ ...logging, ...executions, ...control, ...throttle }),
  'cancel-execution': z.object({ ...logging, ...executions, ...throttle, ...callbacks }),
  'run-execution': executors,
  'settle-dead-letter': z.object({
    ...logging,
    ...executions,
    ...control,
    ...queues,
    ...deadLetters,
    ...callbacks,
  }),
  'deliver-callback': z.object({
    ...logging,
    EXECUTIONS_TABLE: z.string(),
    BLOBS_BUCKET: z.string(),
    ...callbacks,
    ...callbackTargets,
    ...callbackKey,
  }),
  'sweep-sandboxes': z.object({ ...logging, ...executions, ...e2b }),
  'reconcile-executions': z.object({ ...logging, ...executions, ...control, ...queues, ...callbacks }),
  admin: z.object({ ...logging, ...control, ...callbackKey, LEDGER_TABLE: z.string() }),
  'sandbox-wasm': z.object({}),
} as const;
export type FunctionName = keyof typeof environments;
export type Environment<Name extends FunctionName> = z.infer<(typeof environments)[Name]>;
