import type { Readable, Writable } from 'node:stream';
import type { SandboxHostEnvironment } from '../../../shared/contract/sandbox-host-environment.ts';
import { SentryStartError } from './launched-sentry.ts';
import { createSentryRoot } from './sentry-root.ts';
import type { Snapshot } from './snapshot.ts';
import { startSentry } from './start-sentry.ts';

/** What one sentry is started with. Sizes are hard limits kept from outside the guest. */
export interface SentryOptions {
  /** The guest's pid 1. */
  readonly argv: readonly string[];
  /** What the guest goes on from, instead of starting `argv`; made by a guest of the same host and options. */
  readonly snapshot?: Snapshot | undefined;
  /** Everything the guest holds, files in tmpfs included, as the host measures it. */
  readonly memoryMiB: number;
  /** CPU time of the whole sentry since the start, or since the last {@link Sentry.limit}. */
  readonly cpuTimeMs?: number;
  readonly diskMiB: number;
  readonly processes: number;
}

export type SentryLimit = 'memoryMiB' | 'cpuTimeMs' | 'wallTimeMs' | 'processes' | 'diskMiB' | 'outputBytes';

/** Why a sentry is gone. */
export type SentryEnd =
  | { readonly kind: 'exited' }
  | { readonly kind: 'killed' }
  | { readonly kind: 'limited'; readonly limit: SentryLimit }
  | { readonly kind: 'lost'; readonly reason: string };

export interface SentryUsage {
  readonly cpuTimeMs: number;
  readonly memoryMiB: number;
  readonly peakMemoryMiB: number;
}

/** One running gVisor sandbox. */
export interface Sentry {
  readonly pid: number;
  readonly uid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves, never rejects, once every process, file, descriptor and the uid of the sandbox are released. */
  readonly ended: Promise<SentryEnd>;
  usage(): SentryUsage;
  /** Replaces limits for the job at hand; CPU time counts from this call. */
  limit(limits: { memoryMiB?: number; cpuTimeMs?: number }): void;
  /**
   * Freezes a guest that has nothing to do (an idle sentry polls, 3 % of a core) and its supervision; it can still be
   * killed. Its clocks go on, its timers wait for {@link resume}, which takes less than a millisecond.
   */
  pause(): void;
  resume(): void;
  /** Saves the guest, which ends by that; its clients must be quiet. Rejects where {@link SentryHost.canSave} is false. */
  save(): Promise<Snapshot>;
  kill(): Promise<SentryEnd>;
}

export interface SentryConfig {
  readonly runscPath: string;
  readonly launcherPath: string;
  /** Hands files to a sentry. */
  readonly callerPath: string;
  /** The EROFS image that every guest has as its root, read-only. */
  readonly rootfsPath: string;
  /** `boot` needs no right that Fargate refuses; `run` is stock `runsc run` for machines that give namespaces. */
  readonly mode: 'boot' | 'run';
}

type SentryEnvironment = Pick<
  SandboxHostEnvironment,
  'CORDON_RUNSC' | 'CORDON_LAUNCHER' | 'CORDON_SENTRY_CALLER' | 'CORDON_ROOTFS'
>;

/** What the variables name that the host is started with. */
export function sentryConfigOf(environment: SentryEnvironment, mode: SentryConfig['mode']): SentryConfig {
  return {
    runscPath: environment.CORDON_RUNSC,
    launcherPath: environment.CORDON_LAUNCHER,
    callerPath: environment.CORDON_SENTRY_CALLER,
    rootfsPath: environment.CORDON_ROOTFS,
    mode,
  };
}

export interface SentryHost {
  /** Whether guests can be saved: a `runsc boot` of ours can, stock `runsc run` can't. */
  readonly canSave: boolean;
  /** Throws when the sandbox does not come up; nothing of it is left then. */
  start(options: SentryOptions): Promise<Sentry>;
  /** Kills every sentry and removes what they shared. */
  close(): Promise<void>;
}

export function createSentryHost(config: SentryConfig): SentryHost {
  const root = createSentryRoot();
  /** Every sandbox from the moment its start begins until nothing of it is left. */
  const present = new Set<Promise<Sentry>>();
  let closed = false;

  return {
    canSave: config.mode === 'boot',
    start: async (options) => {
      if (closed) throw new SentryStartError('the host is closed');
      const starting = startSentry(config, root, options);
      present.add(starting);
      const forget = () => present.delete(starting);
      starting.then((sentry) => sentry.ended).then(forget, forget);
      return starting;
    },
    close: async () => {
      closed = true;
      await Promise.allSettled([...present].map(async (starting) => (await starting).kill()));
      root.remove();
    },
  };
}
