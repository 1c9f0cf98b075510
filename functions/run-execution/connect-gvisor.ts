import { lookup } from 'node:dns/promises';
import type { Environment } from '../../shared/contract/environment.ts';
import { createE2bBackend } from '../../shared/sandboxes/e2b/e2b-backend.ts';
import { createGvisorBackend } from '../../shared/sandboxes/gvisor/gvisor-backend.ts';
import type { ConnectedBackend } from './backends.ts';
import { reportIncident } from './report-incident.ts';

/** The sandbox hosts that the name in `SANDBOX_HOST_URL` stands for. */
export function connectGvisor(
  environment: Extract<Environment<'run-execution'>, { BACKEND: 'gvisor' }>,
): ConnectedBackend {
  const backend = createGvisorBackend({
    url: environment.SANDBOX_HOST_URL,
    lookUp,
    connect: (url) =>
      createE2bBackend({
        name: 'gvisor',
        connection: { apiKey: environment.HOST_API_KEY, apiUrl: url, sandboxUrl: url },
        runner: { kind: 'installed' },
        templates: {
          python: 'python',
          'python-data': 'python-data',
          javascript: 'javascript',
          bash: 'bash',
        },
        deployment: environment.EXECUTIONS_TABLE,
        // A host says itself when it is full.
        rate: null,
        observe: reportIncident,
      }),
  });
  return { backend, idle: () => backend.idle() };
}

/** Without a host the name has no addresses, which is no error. */
async function lookUp(hostName: string): Promise<string[]> {
  try {
    return (await lookup(hostName, { all: true, family: 4 })).map(({ address }) => address);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}
