import { BackendError, type BackendJob, type BackendResult } from '../../ports/sandbox-backend.ts';
import type { E2bBackend } from '../e2b/e2b-backend.ts';

export interface GvisorBackendOptions {
  /** The hosts' common URL; its name stands for all of them. */
  url: string;
  /** The addresses of the hosts that run at the moment, in any order. */
  lookUp: (hostName: string) => Promise<readonly string[]>;
  /** A client of the one host at this URL. */
  connect: (url: string) => E2bBackend;
  nowMs?: () => number;
}

/**
 * A host that refuses at once leaves time to ask the next one; after that the time that is left belongs to the first
 * one's own patience.
 */
const askAnotherMs = 1_000;

/**
 * Runs jobs on the sandbox hosts. A sandbox lives on one host, and a name that stands for many would send its
 * requests to any of them: so the name is looked up for every job, and the job keeps to one address.
 */
export function createGvisorBackend({
  url,
  lookUp,
  connect,
  nowMs = () => performance.now(),
}: GvisorBackendOptions): E2bBackend {
  const clients = new Map<string, E2bBackend>();

  async function findHosts(): Promise<string[]> {
    const { hostname } = new URL(url);
    const addresses = [...(await lookUp(hostname))];
    for (const [address, client] of clients) {
      if (addresses.includes(address)) continue;
      clients.delete(address);
      void client.close();
    }
    return shuffle(addresses);
  }

  function clientAt(address: string): E2bBackend {
    const known = clients.get(address);
    if (known !== undefined) return known;
    const at = new URL(url);
    at.hostname = address;
    const client = connect(at.origin);
    clients.set(address, client);
    return client;
  }

  async function run(job: BackendJob, signal?: AbortSignal): Promise<BackendResult> {
    const startedMs = nowMs();
    let refusal = new BackendError('backend_unavailable', 'No sandbox host is running.', {
      beforeStart: true,
    });
    for (const address of await findHosts()) {
      try {
        return await clientAt(address).run(job, signal);
      } catch (error) {
        if (!(error instanceof BackendError) || !error.beforeStart) throw error;
        refusal = error;
        if (nowMs() - startedMs > askAnotherMs) break;
      }
    }
    throw refusal;
  }

  const all = (work: (client: E2bBackend) => Promise<void>) => Promise.all([...clients.values()].map(work));
  return {
    name: 'gvisor',
    run,
    idle: async () => void (await all((client) => client.idle())),
    close: async () => void (await all((client) => client.close())),
  };
}

/** Fisher and Yates. */
function shuffle(values: string[]): string[] {
  for (let index = values.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [values[index], values[other]] = [values[other] as string, values[index] as string];
  }
  return values;
}
