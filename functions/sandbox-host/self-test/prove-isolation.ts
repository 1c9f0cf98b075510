import { readProcessesOf } from '../sentry/read-processes.ts';
import type { SentryConfig, SentryHost, SentryUsage } from '../sentry/sentry.ts';
import { trackProcessTree } from '../sentry/track-process-tree.ts';
import { type GuestFindings, type ProbeStart, probeGuest } from './guest-findings.ts';
import { guestChecks, sentryChecks, usageChecks } from './isolation-checks.ts';
import { readSentryState, type SentryFindings } from './sentry-findings.ts';

/** What the self-test saw, to be logged as it is: it holds no secret. */
export interface IsolationReport {
  readonly mode: SentryConfig['mode'];
  readonly start: ProbeStart;
  readonly guest: GuestFindings;
  readonly sentry: SentryFindings;
  readonly usage: SentryUsage;
  /** The checks that failed; empty when the isolation is proven. */
  readonly failed: readonly string[];
}

/** This machine does not isolate: no untrusted code may run on it. */
export class IsolationError extends Error {
  override readonly name = 'IsolationError';
  /** Null when not even the probe ran. */
  readonly report: IsolationReport | null;

  constructor(message: string, report: IsolationReport | null, options?: ErrorOptions) {
    super(message, options);
    this.report = report;
  }
}

/**
 * Starts one sandbox, and where guests are saved restores another, and proves from inside and outside that each
 * isolates; throws {@link IsolationError} otherwise. Returns what it saw last. Call it before any traffic is taken: a
 * new platform version may have changed what holds.
 */
export async function proveIsolation(host: SentryHost, config: SentryConfig): Promise<IsolationReport> {
  const report = await proveIsolationOf('fresh', host, config);
  return host.canSave ? proveIsolationOf('restored', host, config) : report;
}

async function proveIsolationOf(
  start: ProbeStart,
  host: SentryHost,
  config: SentryConfig,
): Promise<IsolationReport> {
  const seen = await probeGuest(host, start, config.runscPath, (pid, uid) =>
    readSentryState(pid, config.mode === 'boot' ? uid : 0, processesOf(config, pid, uid)),
  ).catch((cause: unknown) => {
    throw new IsolationError('the self-test could not run', null, { cause });
  });
  const checks = {
    ...guestChecks(seen.guest, config.mode),
    ...sentryChecks(seen.sentry, config),
    ...usageChecks(seen.usage),
  };
  const failed = Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [name]));
  const report = { mode: config.mode, start, ...seen, failed };
  if (failed.length > 0)
    throw new IsolationError(`a ${start} sandbox does not isolate: ${failed.join(', ')}`, report);
  return report;
}

function processesOf(config: SentryConfig, pid: number, uid: number): number[] {
  const list = config.mode === 'boot' ? readProcessesOf(uid) : trackProcessTree(pid)();
  return list.map((process) => process.pid);
}
