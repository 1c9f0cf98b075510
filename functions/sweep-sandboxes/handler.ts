import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSecretReader } from '../../shared/adapters/secrets-manager-secret.ts';
import { connectExecutionStore } from '../../shared/lambda/clients.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { scheduledFunction } from '../../shared/lambda/scheduled-function.ts';
import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import { createSandboxInventory } from '../../shared/sandboxes/e2b/sandbox-inventory.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

const environment = parseEnvironment('sweep-sandboxes');
const clock = () => new Date();
const store = connectExecutionStore(environment);
const readKey = createSecretReader({
  client: new SecretsManagerClient({}),
  secretId: environment.E2B_KEY_SECRET,
  clock,
});

/** On a schedule: ends what executors left in E2B's cloud. */
export const handler = scheduledFunction(async () => {
  const apiKey = await readKey();
  if (apiKey === null) return;
  const inventory = createSandboxInventory({ apiKey }, environment.DEPLOYMENT);
  const { seen, killed, failed } = await sweepSandboxes({ store, inventory, clock });
  for (const { sandboxId, error } of failed) logger.warn('sandbox not swept', { sandboxId, error });
  if (killed.length > 0) logger.warn('orphans ended', { seen, killed });
  metrics.addMetric('OrphansEnded', 'Count', killed.length);
});
