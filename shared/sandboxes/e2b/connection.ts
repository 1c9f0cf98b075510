import type { ConnectionOpts } from 'e2b';

/** Where sandboxes come from. Without addresses: E2B's cloud. A `sandbox-host` has one address for both. */
export interface E2bConnection {
  apiKey: string;
  apiUrl?: string;
  sandboxUrl?: string;
}

const e2bApiUrl = 'https://api.e2b.app';

/**
 * What the SDK would else take from the environment or decide itself. It never repeats a request and keeps no
 * clock of its own: both are this adapter's.
 */
export function sdkOptions({ apiKey, apiUrl = e2bApiUrl, sandboxUrl }: E2bConnection): ConnectionOpts {
  return {
    apiKey,
    apiUrl,
    ...(sandboxUrl !== undefined && { sandboxUrl }),
    debug: false,
    retries: 0,
    requestTimeoutMs: 0,
  };
}
