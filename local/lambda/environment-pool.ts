import type { FunctionError } from './environment.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import type { MachineLoad } from './machine-load.ts';

/** Environments of one function, and of one tenant when the function isolates tenants. */
export interface EnvironmentPool {
  /** An environment for one invocation: an idle one, the next to become free, or a new one. Null: none in time. */
  take(patienceMs: number): Promise<ExecutionEnvironment | FunctionError | null>;
  /** Gives it back after the invocation. */
  release(environment: ExecutionEnvironment): void;
  readonly size: number;
  /** It has no environment, and nobody waits for one. */
  readonly isUnused: boolean;
  /** When its longest idle environment was last used, nothing when none is idle. */
  readonly idleSinceMs: number | undefined;
  /** Ends the longest idle environment. */
  endIdlest(): Promise<void>;
  close(): Promise<void>;
}

export interface EnvironmentPoolOptions {
  start(): ExecutionEnvironment;
  /** Whether there is room for one more. */
  hasRoom(): boolean;
  /** So many start without hesitation; starting more at once makes each of them slower. */
  readonly cores: number;
  readonly load: MachineLoad;
}

const CLOSED: FunctionError = { errorType: 'Runtime.ExitError', errorMessage: 'The local cloud is ending' };

/**
 * Beyond one environment per core, another one helps only those who wait for environments that wait themselves: where
 * all of them compute, one more takes from each, with code that no engine has compiled yet. So it starts when nobody has
 * given one back for this long, on a machine with idle cores and on a busy one.
 */
const HESITATION_MS = { idle: 50, busy: 500 };
const IDLE_SHARE = 0.25;

type Waiting = (taken: ExecutionEnvironment | FunctionError) => void;

export function createEnvironmentPool({
  start,
  hasRoom,
  cores,
  load,
}: EnvironmentPoolOptions): EnvironmentPool {
  const all = new Set<ExecutionEnvironment>();
  const idle: { environment: ExecutionEnvironment; sinceMs: number }[] = [];
  const waiting: Waiting[] = [];
  let starting = 0;
  let handedAtMs = performance.now();
  let hesitation: NodeJS.Timeout | undefined;
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
    while (isOneMissing() && all.size < cores && hasRoom()) void startOne();
    if (!isOneMissing() || hesitation !== undefined) return;
    hesitation = setTimeout(() => {
      hesitation = undefined;
      if (isOneMissing() && hasHesitated() && hasRoom()) void startOne();
      startMissing();
    }, HESITATION_MS.idle);
  };
  const isOneMissing = () => !closed && starting < Math.min(waiting.length, cores);
  const hasHesitated = () => {
    const isIdle = load.idleShare() >= IDLE_SHARE;
    return performance.now() - handedAtMs >= (isIdle ? HESITATION_MS.idle : HESITATION_MS.busy);
  };
  const hand = (environment: ExecutionEnvironment) => {
    handedAtMs = performance.now();
    const next = waiting.shift();
    if (next) next(environment);
    else idle.push({ environment, sinceMs: Date.now() });
  };
  const end = async (environment: ExecutionEnvironment) => {
    all.delete(environment);
    await environment.end();
  };
  const wait = (patienceMs: number) =>
    new Promise<ExecutionEnvironment | FunctionError | null>((resolve) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(settle), 1);
        resolve(null);
      };
      const timer = Number.isFinite(patienceMs) ? setTimeout(giveUp, patienceMs) : undefined;
      const settle: Waiting = (taken) => {
        clearTimeout(timer);
        resolve(taken);
      };
      waiting.push(settle);
      startMissing();
    });

  return {
    async take(patienceMs) {
      for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
        if (!entry.environment.ended) return entry.environment;
        all.delete(entry.environment);
      }
      return closed ? CLOSED : wait(patienceMs);
    },
    release(environment) {
      if (!environment.ended) return hand(environment);
      all.delete(environment);
      startMissing();
    },
    get size() {
      return all.size;
    },
    get isUnused() {
      return all.size === 0 && waiting.length === 0;
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
      clearTimeout(hesitation);
      idle.length = 0;
      for (const settle of waiting.splice(0)) settle(CLOSED);
      await Promise.all([...all].map(end));
    },
  };
}
