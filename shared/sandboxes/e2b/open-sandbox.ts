import type { Sandbox } from 'e2b';
import { BackendError } from '../../ports/sandbox-backend.ts';
import { createCircuitBreaker, type Verdict } from './circuit-breaker.ts';
import type { E2bConnection } from './connection.ts';
import type { CreateRate } from './create-rate.ts';
import { createSandbox, type SandboxRequest } from './create-sandbox.ts';
import type { Incident } from './incident.ts';
import { symptomOf } from './read-symptom.ts';
import { within } from './within.ts';

const failuresToOpen = 5;
const openMs = 30_000;

/** A sandbox, and when it was asked for: the wait for a place under our own rate is not its cost. */
export interface OpenedSandbox {
  sandbox: Sandbox;
  requestedMs: number;
}

/**
 * Creates sandboxes as long as the service is in order and the rate allows it.
 *
 * @returns a function that throws {@link BackendError} for our own refusals, and what the wire gives for the
 * service's
 */
export function createSandboxOpener({
  name,
  connection,
  rate,
  nowMs,
  observe,
  onLate,
}: {
  name: string;
  connection: E2bConnection;
  rate: CreateRate | null;
  nowMs: () => number;
  observe: (incident: Incident) => void;
  /** A sandbox that came after all, when nobody waited for it any more. */
  onLate: (sandboxId: string) => void;
}): (request: SandboxRequest) => Promise<OpenedSandbox> {
  const breaker = createCircuitBreaker({
    failuresToOpen,
    openMs,
    nowMs,
    onOpen: () =>
      observe({
        kind: 'circuit_opened',
        level: 'error',
        message: `${name}: no sandbox could be created ${failuresToOpen} times in a row: not tried for ${openMs / 1000} s`,
        executionId: null,
        sandboxId: null,
      }),
  });

  return (request) =>
    breaker.run(async () => {
      await rate?.take();
      const requestedMs = nowMs();
      const sandbox = await within(
        request.patience.createMs,
        (signal) => createSandbox(connection, request, signal),
        ({ sandboxId }) => onLate(sandboxId),
      );
      return { sandbox, requestedMs };
    }, verdictOn);
}

/** Our own refusals say nothing of the service; "too many" says that it is alive. */
function verdictOn(error: unknown): Verdict {
  if (error instanceof BackendError) return 'none';
  return symptomOf(error) === 'too_many' ? 'alive' : 'outage';
}
