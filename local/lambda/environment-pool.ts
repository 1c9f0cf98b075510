import type { FunctionError } from './environment.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** Environments of one function, and of one tenant when the function isolates tenants. */
export interface EnvironmentPool {
  /** An environment for one invocation: an idle one, the next to become free, or a new one. */
  take(): Promise<ExecutionEnvironment | FunctionError>;
  /** Gives it back after the invocation. */
  release(environment: ExecutionEnvironment): void;
  readonly size: number;
  /** When its longest idle environment was last used, nothing when none is idle. */
  readonly idleSinceMs: number | undefined;
  /** Ends the longest idle environment. */
  endIdlest(): Promise<void>;
  close(): Promise<void>;
}

const CLOSED: FunctionError = { errorType: 'Runtime.ExitError', errorMessage: 'The local cloud is ending' };

/** Starting more bundles at once than there are cores, `startsAtOnce`, makes each of them slower. */
export function createEnvironmentPool(
  start: () => ExecutionEnvironment,
  startsAtOnce: number,
): EnvironmentPool {
  const all = new Set<ExecutionEnvironment>();
  const idle: { environment: ExecutionEnvironment; sinceMs: number }[] = [];
  const waiting: ((taken: ExecutionEnvironment | FunctionError) => void)[] = [];
  let starting = 0;
  let closed = false;

  const startOne = async () => {
    starting += 1;
    const environment = start();
    all.add(environment);
    const failure = await environment.ready;
    starting -= 1;
    if (failure !== undefined) {
      all.delete(environment);
      waiting.shift()?.(failure);
    } else hand(environment);
    startMissing();
  };
  const startMissing = () => {
    while (!closed && starting < Math.min(waiting.length, startsAtOnce)) void startOne();
  };
  const hand = (environment: ExecutionEnvironment) => {
    const next = waiting.shift();
    if (next) next(environment);
    else idle.push({ environment, sinceMs: Date.now() });
  };
  const end = async (environment: ExecutionEnvironment) => {
    all.delete(environment);
    await environment.end();
  };

  return {
    take() {
      for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
        if (!entry.environment.ended) return Promise.resolve(entry.environment);
        all.delete(entry.environment);
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
        startMissing();
      });
    },
    release(environment) {
      if (!environment.ended) return hand(environment);
      all.delete(environment);
      startMissing();
    },
    get size() {
      return all.size;
    },
    get idleSinceMs() {
      return idle[0]?.sinceMs;
    },
    async endIdlest() {
      const entry = idle.shift();
      if (entry) await end(entry.environment);
    },
    async close() {
      closed = true;
      idle.length = 0;
      for (const settle of waiting.splice(0)) settle(CLOSED);
      await Promise.all([...all].map(end));
    },
  };
}
