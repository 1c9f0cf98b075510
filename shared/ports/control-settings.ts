import type { OperatorSettings } from '../domain/operator-settings.ts';
import type { Policy } from '../domain/policy.ts';
import type { Versioned } from '../domain/versioned.ts';

/** What operators have set. At most ten seconds old. What nobody has written is at its default. */
export interface ControlSettings {
  /** For a request of this tenant. */
  read(tenant: string): Promise<{ settings: OperatorSettings; policy: Policy }>;
  /** For work of any tenant. */
  readSettings(): Promise<Versioned<OperatorSettings>>;
}
