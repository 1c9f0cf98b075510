import { BackendError, type BackendJob, type BackendResult } from '../../ports/sandbox-backend.ts';
import type { E2bBackend } from './e2b-backend.ts';

/**
 * The e2b backend with a key that is read when it is first needed and may be replaced while the service runs. A
 * key that is missing or can't be read is a backend that can't be reached: nothing has started, another lane may take over.
 */
export function createE2bCloudBackend({
  readKey,
  connect,
}: {
  /** Null when there is none. */
  readKey: () => Promise<string | null>;
  connect: (apiKey: string) => E2bBackend;
}): E2bBackend {
  let current: { apiKey: string; client: E2bBackend } | null = null;

  async function client(): Promise<E2bBackend> {
    const apiKey = await readKey().catch((cause: unknown) => {
      throw notConfigured(cause);
    });
    if (apiKey === null) throw notConfigured();
    if (current?.apiKey !== apiKey) {
      void current?.client.close();
      current = { apiKey, client: connect(apiKey) };
    }
    return current.client;
  }

  return {
    name: 'e2b',
    run: async (job: BackendJob, signal?: AbortSignal): Promise<BackendResult> =>
      (await client()).run(job, signal),
    idle: async () => current?.client.idle(),
    close: async () => current?.client.close(),
  };
}

function notConfigured(cause?: unknown): BackendError {
  return new BackendError('backend_unavailable', 'The backend is not configured.', {
    beforeStart: true,
    cause,
  });
}
