import { it } from '@jest/globals';
import {
  createCreateRate,
  createLocalSlots,
  createsPerSecond,
} from '../../shared/sandboxes/e2b/create-rate.ts';
import { createE2bBackend } from '../../shared/sandboxes/e2b/e2b-backend.ts';
import { defaultPatience } from '../../shared/sandboxes/e2b/patience.ts';
import { bundleRunner } from '../../shared/sandboxes/runner/bundle-runner.ts';
import { describeBackend } from './backend-contract.ts';

const apiKey = process.env.E2B_API_KEY;
/** Every test is one creation, and waits for its place. */
const maxWaitMs = 60_000;

if (apiKey === undefined) {
  it.skip('the e2b backend: set E2B_API_KEY to run the contract suite on E2B cloud', () => {});
} else {
  describeBackend('e2b', {
    languages: ['python', 'javascript', 'typescript', 'bash'],
    hasProcesses: true,
    hasArtifacts: true,
    async open() {
      const backend = createE2bBackend({
        name: 'e2b',
        connection: { apiKey },
        runner: { kind: 'uploaded', source: bundleRunner() },
        templates: { python: 'base', 'python-data': 'base', javascript: 'base', bash: 'base' },
        deployment: 'contract-suite',
        rate: createCreateRate({
          slots: createLocalSlots(() => performance.now()),
          perSecond: createsPerSecond.hobby,
          maxWaitMs,
        }),
        patience: { ...defaultPatience, slotMs: maxWaitMs },
        observe: (incident) => console.warn(incident),
      });
      return { backend, close: () => backend.close() };
    },
  });
}
