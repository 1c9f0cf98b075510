import { randomUUID } from 'node:crypto';
import type { CallLog } from '../calls/call-log.ts';
import type { FunctionError, InvocationResult } from './environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from './environment-pool.ts';
import { createEnvironment } from './execution-environment.ts';
import type { FunctionConfig } from './function-config.ts';
import type { FunctionLog } from './function-log.ts';
import { watchMachineLoad } from './machine-load.ts';
import { startProcess } from './process-host.ts';
import { startThread } from './thread-host.ts';

export interface Invocation {
  readonly payload: string;
  readonly tenantId?: string;
  /** Who invokes, for the call log. */
  readonly caller: string;
  /** How long it may wait for a place before it is throttled. */
  readonly patienceMs: number;
  /** Ends a tenant's process when its invoker has gone: nobody waits for what it runs. */
  readonly abandoned?: AbortSignal;
}

export type InvocationOutcome =
  | (InvocationResult & { readonly requestId: string })
  | { readonly kind: 'throttled' };

/** The functions of a stack. */
export interface Functions {
  /** By name, ARN or partial ARN, with or without `:$LATEST`. */
  find(nameOrArn: string): FunctionConfig | undefined;
  /** Never rejects: a function's failure is a value. */
  invoke(config: FunctionConfig, invocation: Invocation): Promise<InvocationOutcome>;
  readonly environments: number;
  close(): Promise<void>;
}

/** How long environments stay without an invocation: the last one of a function, and those beside it. */
export interface IdleLimits {
  readonly lastMs: number;
  readonly surplusMs: number;
}

export interface FunctionsOptions {
  readonly configs: readonly FunctionConfig[];
  readonly calls: CallLog;
  readonly logOf: (config: FunctionConfig) => FunctionLog;
  /** Names or ARNs of those that requests wait for. The others let them go first. */
  readonly inFront: readonly string[];
  /** Names or ARNs of those that a schedule invokes. Nobody waits for them, so they keep no environment. */
  readonly scheduled: readonly string[];
  /** At most so many environments, and so invocations at once, beside those of tenant-isolated functions. */
  readonly concurrency: number;
  /** At most so many processes for tenant-isolated functions; each may hold an interpreter. */
  readonly processes: number;
  readonly cores: number;
  readonly idle: IdleLimits;
}

/** Lambda's limit for an answer. */
const MAX_RESPONSE_BYTES = 6_291_556;
const IDLE_CHECK_MS = 5_000;
const NOT_KEPT: IdleLimits = { lastMs: 0, surplusMs: 0 };
/** Requests that wait for a result must leave room for the functions that make it. */
const FRONT_SHARE = 5 / 8;
/** Of 0 to 19: a thread in front gets nine tenths of a core that both want. */
const BACKGROUND_NICENESS = 10;
/** The caller of what API Gateway invokes. */
export const API_GATEWAY = 'api-gateway';

export function createFunctions(options: FunctionsOptions): Functions {
  const { configs, calls } = options;
  const logs = new Map(configs.map((config) => [config.name, options.logOf(config)]));
  const pools = new Map<string, OwnedPool>();
  const poolsOf = (matches: (config: FunctionConfig) => boolean) =>
    [...pools.values()].filter(({ config }) => matches(config));

  const find = (nameOrArn: string) => {
    const name = nameOrArn
      .replace(/:\$LATEST$/, '')
      .split(':')
      .pop();
    return configs.find((config) => config.name === name || config.arn === nameOrArn);
  };
  const inFront = new Set(options.inFront.map(find));
  const scheduled = new Set(options.scheduled.map(find));
  const load = watchMachineLoad();
  const frontConcurrency = Math.ceil(options.concurrency * FRONT_SHARE);

  /** Makes room where there is none by ending the longest idle of its peers; false when all of them are busy. */
  const hasRoom = (config: FunctionConfig): boolean => {
    const limits: [(other: FunctionConfig) => boolean, number][] = [
      [({ name }) => name === config.name, config.reservedConcurrency ?? Number.POSITIVE_INFINITY],
      config.tenantIsolated
        ? [({ tenantIsolated }) => tenantIsolated, options.processes]
        : [({ tenantIsolated }) => !tenantIsolated, options.concurrency],
    ];
    if (inFront.has(config)) limits.push([(other) => inFront.has(other), frontConcurrency]);
    return limits.every(([isPeer, limit]) => {
      const peers = poolsOf(isPeer);
      if (sizeOf(peers) < limit) return true;
      const idlest = idlestOf(peers);
      void idlest?.endIdlest();
      return idlest !== undefined;
    });
  };
  const start = (config: FunctionConfig) => {
    const writeLog = (chunk: string | Uint8Array) => logs.get(config.name)?.write(chunk);
    const niceness = inFront.has(config) ? 0 : BACKGROUND_NICENESS;
    const host = config.tenantIsolated
      ? startProcess({ config, writeLog })
      : startThread({ config, writeLog });
    return createEnvironment(config, host, niceness);
  };
  const poolOf = (config: FunctionConfig, tenantId: string | undefined): EnvironmentPool => {
    const key = JSON.stringify([config.name, tenantId]);
    const existing = pools.get(key);
    if (existing) return existing.pool;
    const pool = createEnvironmentPool({
      start: () => start(config),
      hasRoom: () => hasRoom(config),
      cores: options.cores,
      load,
    });
    pools.set(key, { config, pool });
    return pool;
  };

  const run = async (config: FunctionConfig, invocation: Invocation): Promise<InvocationOutcome> => {
    const requestId = randomUUID();
    const pool = poolOf(config, invocation.tenantId);
    const environment = await pool.take(invocation.patienceMs);
    if (environment === null) return { kind: 'throttled' };
    if ('errorType' in environment) return logged(config, { kind: 'failed', error: environment, requestId });
    const { payload, tenantId, abandoned } = invocation;
    const end = () => void environment.end();
    if (config.tenantIsolated) abandoned?.addEventListener('abort', end, { once: true });
    const result = await environment.invoke({ requestId, payload, tenantId });
    abandoned?.removeEventListener('abort', end);
    pool.release(environment);
    return logged(config, { ...withinSize(result), requestId });
  };

  const logged = (
    config: FunctionConfig,
    outcome: InvocationResult & { requestId: string },
  ): InvocationOutcome => {
    if (outcome.kind === 'failed') {
      logs.get(config.name)?.write(`ERROR ${outcome.requestId} ${JSON.stringify(outcome.error)}\n`);
    }
    return outcome;
  };

  const idleCheck = setInterval(
    () => {
      for (const config of configs) {
        const own = poolsOf(({ name }) => name === config.name);
        endIdle(own, scheduled.has(config) ? NOT_KEPT : options.idle);
      }
      for (const [key, { pool }] of pools) {
        if (pool.isUnused) pools.delete(key);
      }
    },
    Math.min(IDLE_CHECK_MS, options.idle.surplusMs),
  );
  idleCheck.unref();

  return {
    find,
    async invoke(config, invocation) {
      const outcome = await run(config, invocation);
      const failed = outcome.kind !== 'succeeded';
      calls.record({
        service: 'lambda',
        operation: 'Invoke',
        resource: config.logicalId,
        caller: invocation.caller,
        failed,
      });
      return outcome;
    },
    get environments() {
      return sizeOf([...pools.values()]);
    },
    async close() {
      clearInterval(idleCheck);
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()));
    },
  };
}

interface OwnedPool {
  readonly config: FunctionConfig;
  readonly pool: EnvironmentPool;
}

const sizeOf = (pools: readonly OwnedPool[]): number => pools.reduce((sum, { pool }) => sum + pool.size, 0);

const idlestOf = (pools: readonly OwnedPool[]): EnvironmentPool | undefined =>
  pools
    .map(({ pool }) => pool)
    .filter(({ idleSinceMs }) => idleSinceMs !== undefined)
    .sort((a, b) => (a.idleSinceMs ?? 0) - (b.idleSinceMs ?? 0))[0];

/** Ends the environments of one function that have been idle for too long. */
function endIdle(pools: readonly OwnedPool[], limits: IdleLimits): void {
  for (let idlest = idlestOf(pools); idlest?.idleSinceMs !== undefined; idlest = idlestOf(pools)) {
    const allowedMs = sizeOf(pools) > 1 ? limits.surplusMs : limits.lastMs;
    if (Date.now() - idlest.idleSinceMs < allowedMs) return;
    void idlest.endIdlest();
  }
}

function withinSize(result: InvocationResult): InvocationResult {
  if (result.kind === 'failed' || Buffer.byteLength(result.payload) <= MAX_RESPONSE_BYTES) return result;
  const error: FunctionError = {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
  };
  return { kind: 'failed', error };
}
