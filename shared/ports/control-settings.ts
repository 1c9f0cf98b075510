import type { OperatorSettings, TenantRouting } from '../domain/operator-settings.ts';

/** What the control table says about where a tenant's executions may run. */
export interface ControlSettings {
  /** At most ten seconds old. What nobody has written is at its default. */
  read(tenant: string): Promise<{ settings: OperatorSettings; tenantRouting: TenantRouting }>;
}
