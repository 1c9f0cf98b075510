import { defaultOperatorSettings, type OperatorSettings } from '../../shared/domain/operator-settings.ts';
import { defaultTenantPolicy, type Policy } from '../../shared/domain/policy.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';

/** What operators have set, as if nobody had but for this. */
export function controlSettings(
  changes: Partial<OperatorSettings> = {},
  { changedAt = null, ...policy }: Partial<Policy> & { changedAt?: Date | null } = {},
): ControlSettings {
  const settings = { ...defaultOperatorSettings, ...changes };
  return {
    read: async () => ({ settings, policy: { ...defaultTenantPolicy, version: 0, ...policy } }),
    readSettings: async () => ({
      value: settings,
      version: 1,
      changedAt: changedAt?.toISOString() ?? null,
      changedBy: 'key-1',
    }),
  };
}
