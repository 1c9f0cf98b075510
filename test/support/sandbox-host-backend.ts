import {
  createSentryHost,
  type Sentry,
  type SentryConfig,
} from '../../functions/sandbox-host/sentry/sentry.ts';
import type { SandboxBackend } from '../../shared/ports/sandbox-backend.ts';
import { defaultPatience } from '../../shared/sandboxes/e2b/patience.ts';
import type { RunnerSource } from '../../shared/sandboxes/e2b/upload-job.ts';
import { bundleRunner } from '../../shared/sandboxes/runner/bundle-runner.ts';
import { startDialect } from './dialect-fixture.ts';
import { backendAt } from './e2b-fixture.ts';
import { startGuestsOn } from './guest-kinds.ts';

/** Backends that a whole host on real gVisor stands behind. As `e2b` the runner is uploaded, as it is to E2B's cloud. */
export type SandboxHostBackendName = 'gvisor' | 'e2b';

const runners: Record<SandboxHostBackendName, () => RunnerSource> = {
  gvisor: () => ({ kind: 'installed' }),
  e2b: () => ({ kind: 'uploaded', source: bundleRunner() }),
};

export interface OpenedBackend {
  readonly backend: SandboxBackend;
  /** Every sentry that has been started, whether it has ended or not. */
  readonly sentries: readonly Sentry[];
  /** Those that have ended since the last call. */
  takeEnded(): Sentry[];
  close(): Promise<void>;
}

/** A whole host on real gVisor, and the adapter that drives it. */
export async function openSandboxHost(
  gvisor: SentryConfig,
  name: SandboxHostBackendName,
): Promise<OpenedBackend> {
  const sentryHost = createSentryHost(gvisor);
  const sentries: Sentry[] = [];
  const ended: Sentry[] = [];
  const startGuest = startGuestsOn({
    ...sentryHost,
    async start(options) {
      const sentry = await sentryHost.start(options);
      sentries.push(sentry);
      sentry.ended.then(() => ended.push(sentry));
      return sentry;
    },
  });
  const host = await startDialect({ startGuest });
  const { backend } = backendAt(host.url, {
    name,
    runner: runners[name](),
    patience: { ...defaultPatience, createMs: 20_000, prepareMs: 20_000 },
    connection: { apiKey: host.apiKey, apiUrl: host.url, sandboxUrl: host.url },
  });
  return {
    backend,
    sentries,
    takeEnded: () => ended.splice(0),
    async close() {
      await backend.close();
      await host.close();
      await sentryHost.close();
    },
  };
}
