import type { Readable, Writable } from 'node:stream';
import { createSentryRoot } from './sentry-root.ts';
import { startSentry } from './start-sentry.ts';

/** What one sentry is started with. Sizes are hard limits kept from outside the guest. */
export interface SentryOptions {
  /** The guest's pid 1. */
  readonly argv: readonly string[];
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
  kill(): Promise<SentryEnd>;
}

export interface SentryConfig {
  readonly runscPath: string;
  readonly launcherPath: string;
  /** The EROFS image that every guest has as its root, read-only. */
  readonly rootfsPath: string;
  /** `boot` needs no right that Fargate refuses; `run` is stock `runsc run` for machines that give namespaces. */
  readonly mode: 'boot' | 'run';
}

export interface SentryHost {
  /** Throws when the sandbox does not come up; nothing of it is left then. */
  start(options: SentryOptions): Promise<Sentry>;
  /** Kills every sentry and removes what they shared. */
  close(): Promise<void>;
}

export function createSentryHost(config: SentryConfig): SentryHost {
  const root = createSentryRoot();
  const running = new Set<Sentry>();

  return {
    start: async (options) => {
      const sentry = await startSentry(config, root, options);
      running.add(sentry);
      void sentry.ended.then(() => running.delete(sentry));
      return sentry;
    },
    close: async () => {
      await Promise.all([...running].map((sentry) => sentry.kill()));
      root.remove();
    },
  };
}
