import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { unsetSecret } from '../contract/environment.ts';
import type { Clock } from '../ports/clock.ts';

/** How soon a secret that was replaced is no longer used. */
const cacheMs = 300_000;

/**
 * Reads one secret, at most every five minutes; null while its owner has not set it. A failed read is tried again by
 * the next caller.
 */
export function createSecretReader({
  client,
  secretId,
  clock,
}: {
  client: SecretsManagerClient;
  secretId: string;
  clock: Clock;
}): () => Promise<string | null> {
  let cached: { value: Promise<string | null>; untilMs: number } | null = null;

  async function read(): Promise<string | null> {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (SecretString === undefined || SecretString === '') throw new Error('the secret has no text');
    return SecretString === unsetSecret ? null : SecretString;
  }

  return () => {
    const nowMs = clock().getTime();
    if (cached !== null && nowMs < cached.untilMs) return cached.value;
    const fresh = { value: read(), untilMs: nowMs + cacheMs };
    cached = fresh;
    fresh.value.catch(() => {
      if (cached === fresh) cached = null;
    });
    return fresh.value;
  };
}
