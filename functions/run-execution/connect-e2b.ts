import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDynamoCreateSlots } from '../../shared/adapters/dynamodb-create-slots.ts';
import { createSecretReader } from '../../shared/adapters/secrets-manager-secret.ts';
import type { Environment } from '../../shared/contract/environment.ts';
import { createCreateRate } from '../../shared/sandboxes/e2b/create-rate.ts';
import { createE2bBackend } from '../../shared/sandboxes/e2b/e2b-backend.ts';
import { createE2bCloudBackend } from '../../shared/sandboxes/e2b/e2b-cloud-backend.ts';
import { defaultPatience } from '../../shared/sandboxes/e2b/patience.ts';
import type { ConnectedBackend } from './backends.ts';
import { reportIncident } from './report-incident.ts';

/**
 * E2B's public templates: https://e2b.dev/docs/template/base (from memory, to be checked). `base` has Python, Node and bash; only
 * the one of their code interpreter has numpy, pandas and matplotlib.
 */
const templates = {
  python: 'base',
  'python-data': 'code-interpreter-v1',
  javascript: 'base',
  bash: 'base',
};

/** E2B's cloud, with the key in Secrets Manager and the plan's rate of creations shared by all executors. */
export function connectE2b(
  environment: Extract<Environment<'run-execution'>, { BACKEND: 'e2b' }>,
): ConnectedBackend {
  const clock = () => new Date();
  const rate = createCreateRate({
    slots: createDynamoCreateSlots({
      client: new DynamoDBClient({}),
      ledgerTable: environment.LEDGER_TABLE,
      backend: 'e2b',
      clock,
    }),
    perSecond: Number(environment.E2B_CREATES_PER_SECOND),
    maxWaitMs: defaultPatience.slotMs,
  });
  // The bundler puts the runner beside the handler.
  const source = readFileSync(new URL('./run_program.py', import.meta.url), 'utf8');
  const backend = createE2bCloudBackend({
    readKey: createSecretReader({
      client: new SecretsManagerClient({}),
      secretId: environment.E2B_KEY_SECRET,
      clock,
    }),
    connect: (apiKey) =>
      createE2bBackend({
        name: 'e2b',
        connection: { apiKey },
        runner: { kind: 'uploaded', source },
        templates,
        deployment: environment.DEPLOYMENT,
        rate,
        observe: reportIncident,
      }),
  });
  return { backend, idle: () => backend.idle() };
}
