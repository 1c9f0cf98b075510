import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCallLog } from '../../local/calls/call-log.ts';
import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import { createSecrets, type Secrets } from '../../local/secrets-manager/secrets.ts';
import { startSecretsServer } from '../../local/secrets-manager/secrets-server.ts';
import { createSecretReader } from '../../shared/adapters/secrets-manager-secret.ts';
import { unsetSecret } from '../../shared/contract/environment.ts';

let nowMs = 0;
let secrets: Secrets;
let server: LoopbackServer;
let client: SecretsManagerClient;
let read: () => Promise<string | null>;

beforeEach(async () => {
  secrets = createSecrets(undefined);
  server = await startSecretsServer(secrets, createCallLog());
  client = new SecretsManagerClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  read = createSecretReader({ client, secretId: 'arn:key', clock: () => new Date(nowMs) });
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

test('a secret that was replaced is read within five minutes, and not at every call', async () => {
  secrets.declare('arn:key', 'first');
  expect(await read()).toBe('first');
  secrets.declare('arn:key', 'second');

  nowMs += 60_000;
  expect(await read()).toBe('first');
  nowMs += 240_000;
  expect(await read()).toBe('second');
});

test('a secret that nobody has set is none', async () => {
  secrets.declare('arn:key', unsetSecret);
  expect(await read()).toBeNull();
});

test('a failed read is tried again by the next caller', async () => {
  await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  secrets.declare('arn:key', 'there');
  expect(await read()).toBe('there');
});
