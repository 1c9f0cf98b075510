import { isTerminal } from '../../shared/domain/execution.ts';
import { executorTimeoutSeconds } from '../../shared/domain/timing.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import {
  type SandboxInventory,
  type SweepResult,
  sweepOrphans,
} from '../../shared/sandboxes/e2b/sweep-orphans.ts';

/** The longest that an executor lives: after that, its sandbox is nobody's. */
const longestRunMs = executorTimeoutSeconds * 1000;

/** Ends the sandboxes of executions that are over, were withdrawn or have expired, and any that is too old. */
export function sweepSandboxes({
  store,
  inventory,
  clock,
}: {
  store: Pick<ExecutionStore, 'load'>;
  inventory: SandboxInventory;
  clock: Clock;
}): Promise<SweepResult> {
  return sweepOrphans({
    inventory,
    longestRunMs,
    clock,
    async isOver(executionId) {
      const execution = await store.load(executionId);
      return execution === null || isTerminal(execution.status);
    },
  });
}
