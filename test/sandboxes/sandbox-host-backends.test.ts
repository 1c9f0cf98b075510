import { describeOnGvisor } from '../support/gvisor.ts';
import { openSandboxHost } from '../support/sandbox-host-backend.ts';
import { describeBackend } from './backend-contract.ts';

const everything = {
  languages: ['python', 'javascript', 'typescript', 'bash'],
  hasProcesses: true,
  hasArtifacts: true,
} as const;

describeOnGvisor('on sandbox-host', (gvisor) => {
  describeBackend('gvisor', { ...everything, open: () => openSandboxHost(gvisor, 'gvisor') });
  // The host stands in for E2B's cloud: the runner is uploaded, as it is there.
  describeBackend('e2b', { ...everything, open: () => openSandboxHost(gvisor, 'e2b') });
});
