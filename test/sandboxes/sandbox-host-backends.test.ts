import { createSentryHost, type SentryConfig } from '../../functions/sandbox-host/sentry/sentry.ts';
import { defaultPatience } from '../../shared/sandboxes/e2b/patience.ts';
import type { RunnerSource } from '../../shared/sandboxes/e2b/upload-job.ts';
import { bundleRunner } from '../../shared/sandboxes/runner/bundle-runner.ts';
import { startDialect } from '../support/dialect-fixture.ts';
import { backendAt } from '../support/e2b-fixture.ts';
import { startGuestsOn } from '../support/guest-kinds.ts';
import { describeOnGvisor } from '../support/gvisor.ts';
import { describeBackend } from './backend-contract.ts';

/** A whole host on real gVisor, and the adapter that drives it. */
async function open(gvisor: SentryConfig, name: 'gvisor' | 'e2b', runner: RunnerSource) {
  const sentries = createSentryHost(gvisor);
  const host = await startDialect({ startGuest: startGuestsOn(sentries) });
  const { backend } = backendAt(host.url, {
    name,
    runner,
    patience: { ...defaultPatience, createMs: 20_000, prepareMs: 20_000 },
    connection: { apiKey: host.apiKey, apiUrl: host.url, sandboxUrl: host.url },
  });
  return {
    backend,
    async close() {
      await backend.close();
      await host.close();
      await sentries.close();
    },
  };
}

const everything = {
  languages: ['python', 'javascript', 'typescript', 'bash'],
  hasProcesses: true,
  hasArtifacts: true,
} as const;

describeOnGvisor('on sandbox-host', (gvisor) => {
  describeBackend('gvisor', { ...everything, open: () => open(gvisor, 'gvisor', { kind: 'installed' }) });

  // The host stands in for E2B's cloud: the runner is uploaded, as it is there.
  describeBackend('e2b', {
    ...everything,
    open: () => open(gvisor, 'e2b', { kind: 'uploaded', source: bundleRunner() }),
  });
});
