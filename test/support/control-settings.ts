import type { BackendName } from '../../shared/domain/execution.ts';
import { defaultOperatorSettings, type OperatorSettings } from '../../shared/domain/operator-settings.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';

/** What operators have set, as if nobody had but for this. */
export function controlSettings(
  changes: Partial<OperatorSettings> = {},
  { changedAt = null, backends = null }: { changedAt?: Date | null; backends?: BackendName[] | null } = {},
): ControlSettings {
  const settings = { ...defaultOperatorSettings, ...changes };
  return {
    read: async () => ({ settings, tenantRouting: { backends } }),
    readSettings: async () => ({
      value: settings,
      version: 1,
      changedAt: changedAt?.toISOString() ?? null,
      changedBy: 'key-1',
    }),
  };
}
