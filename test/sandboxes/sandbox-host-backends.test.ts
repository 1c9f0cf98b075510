import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGuest } from '../../functions/sandbox-host/guest/start-guest.ts';
import { createSentryHost, type SentryConfig } from '../../functions/sandbox-host/sentry/sentry.ts';
import type { RunnerSource } from '../../shared/sandboxes/e2b/upload-job.ts';
import { startDialect } from '../support/dialect-fixture.ts';
import { backendAt } from '../support/e2b-fixture.ts';
import { describeOnGvisor } from '../support/gvisor.ts';
import { describeBackend } from './backend-contract.ts';

const runnerPath = join(import.meta.dirname, '../../shared/sandboxes/runner/run_program.py');

/** A whole host on real gVisor, and the adapter that drives it. */
async function open(gvisor: SentryConfig, name: 'gvisor' | 'e2b', runner: RunnerSource) {
  const sentries = createSentryHost(gvisor);
  const host = await startDialect({ startGuest: (template) => startGuest(sentries, template) });
  const { backend } = backendAt(host.url, {
    name,
    runner,
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
    open: async () => open(gvisor, 'e2b', { kind: 'uploaded', source: await readFile(runnerPath, 'utf8') }),
  });
});
