import { logger, metrics } from '../../shared/lambda/telemetry.ts';
import type { Incident } from '../../shared/sandboxes/e2b/incident.ts';

const metricNames = {
  failure: 'BackendFailures',
  circuit_opened: 'CircuitsOpened',
  kill_failed: 'SandboxesLeft',
} as const satisfies Record<Incident['kind'], string>;

/** What goes wrong with a backend, for the operator. */
export function reportIncident({ kind, level, message, executionId, sandboxId }: Incident): void {
  logger[level](message, { incident: kind, executionId, sandboxId });
  metrics.addMetric(metricNames[kind], 'Count', 1);
}
