import type { SubmitRequest } from '../../shared/contract/submit-request.ts';
import type { Caller } from '../../shared/domain/caller.ts';
import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { Execution } from '../../shared/domain/execution.ts';
import { identifyRequest } from '../../shared/executions/identify-request.ts';
import type { EarlierRequest } from '../../shared/ports/execution-store.ts';
import { type SubmitPorts, submitExecution } from './submit-execution.ts';

export interface Submission {
  execution: Execution;
  /** The request repeats an earlier one, whose execution this is. */
  isReplay: boolean;
}

export interface SubmitOptions {
  /** The caller's `Idempotency-Key`. */
  key?: string | undefined;
  /** When the request came, by `performance.now()`. */
  startedMs: number;
}

/**
 * Admits a request once, however often it comes under its key, and answers the one execution each time. A repetition is
 * answered also where a new request would be refused. Throws `conflict` when the key came with another content.
 */
export async function submitOnce(
  ports: SubmitPorts,
  caller: Caller,
  request: SubmitRequest,
  { key, startedMs }: SubmitOptions,
): Promise<Submission> {
  const identity = key === undefined ? undefined : identifyRequest(caller.tenant, key, request);
  const submitted = await submitExecution(ports, caller, request, { identity, startedMs }).catch(
    async (refusal: unknown) => {
      const earlier =
        identity && refusal instanceof CordonError ? await ports.store.findEarlierRequest(identity) : null;
      if (earlier === null) throw refusal;
      return earlier;
    },
  );
  return 'kind' in submitted
    ? { execution: await replay(ports, caller, submitted), isReplay: true }
    : { execution: submitted, isReplay: false };
}

async function replay(
  { store }: SubmitPorts,
  { tenant }: Caller,
  { executionId, isSame }: EarlierRequest,
): Promise<Execution> {
  if (!isSame) {
    throw new CordonError(
      'conflict',
      'This Idempotency-Key was used for another request in the last 24 hours.',
    );
  }
  const found = await store.findWithOutput(tenant, executionId);
  if (found === null)
    throw new CordonError('backend_unavailable', 'The execution could not be queued; nothing was charged.');
  return found.execution;
}
