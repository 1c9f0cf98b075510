import { ApiClient, ConnectionConfig, Sandbox } from 'e2b';
import * as z from 'zod';
import type { SandboxJob } from '../../domain/sandbox-report.ts';
import { type E2bConnection, sdkOptions } from './connection.ts';
import { type Patience, sandboxLifetimeMs } from './patience.ts';
import { ApiRefusal, WireFault } from './wire-fault.ts';

/** The metadata of our sandboxes. `deployment` tells the sandboxes of several Cordons in one account apart. */
export const metadataKeys = {
  deployment: 'cordon.deployment',
  execution: 'cordon.execution',
  tenant: 'cordon.tenant',
  limits: 'cordon.limits',
} as const;

const createdSchema = z.object({
  sandboxID: z.string().regex(/^[\w-]{1,64}$/),
  envdVersion: z.string().regex(/^\d+\.\d+\.\d+/),
  envdAccessToken: z.string().nullish(),
  domain: z.string().nullish(),
});

/**
 * One sandbox for one job: no network in either direction, ended by the backend itself if nobody else does. Asks
 * through the SDK's typed client, not through `Sandbox.create`, whose errors lose the status and `Retry-After`.
 *
 * @throws ApiRefusal, WireFault, or what fetch throws
 */
export async function createSandbox(
  connection: E2bConnection,
  { job, template, deployment, patience }: SandboxRequest,
  signal: AbortSignal,
): Promise<Sandbox> {
  const options = sdkOptions(connection);
  const { api } = new ApiClient(new ConnectionConfig(options));
  const { data, error, response } = await api.POST('/v2/sandboxes', {
    body: {
      templateID: template,
      timeout: Math.ceil(sandboxLifetimeMs(job.limits.wallTimeMs, patience) / 1000),
      autoPause: false,
      allow_internet_access: false,
      network: { allowPublicTraffic: false },
      metadata: {
        [metadataKeys.deployment]: deployment,
        [metadataKeys.execution]: job.executionId,
        [metadataKeys.tenant]: job.tenant,
        [metadataKeys.limits]: JSON.stringify(job.limits),
      },
    },
    signal,
  });
  if (!response.ok) throw ApiRefusal.of(response, error, connection.apiKey);
  const created = createdSchema.safeParse(data);
  if (!created.success) throw new WireFault('not_the_api', 'the answer describes no sandbox');
  const { sandboxID, envdVersion, envdAccessToken, domain } = created.data;
  return new Sandbox({
    ...options,
    sandboxId: sandboxID,
    envdVersion,
    ...(envdAccessToken && { envdAccessToken }),
    ...(domain && { sandboxDomain: domain }),
  });
}

export interface SandboxRequest {
  job: SandboxJob;
  template: string;
  deployment: string;
  patience: Patience;
}
