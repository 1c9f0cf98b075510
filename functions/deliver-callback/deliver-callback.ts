import { presentExecution } from '../../shared/contract/execution-view.ts';
import { nextCallbackAt } from '../../shared/domain/callback.ts';
import { isExpired } from '../../shared/domain/retention.ts';
import { artifactUrls } from '../../shared/executions/artifact-urls.ts';
import { callbackSecretOf, signatureHeaders } from '../../shared/executions/callback-secret.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import type { CallbackAttempt, CallbackQueue } from '../../shared/ports/callback-queue.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { OwedCallback, OwedCallbacks } from '../../shared/ports/owed-callbacks.ts';
import type { Letter, PostCallback, PostResult } from './post-callback.ts';

export interface DeliverPorts {
  owed: OwedCallbacks;
  queue: CallbackQueue;
  artifacts: ArtifactStore;
  /** What the secrets of all tenants are derived from. */
  readCallbackKey: () => Promise<string>;
  post: PostCallback;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
}

export type DeliverResult =
  | { kind: 'delivered'; attempts: number }
  | { kind: 'postponed'; attempts: number; result: PostResult; until: Date }
  | { kind: 'given_up'; attempts: number; result: PostResult }
  /** Expired executions are shown to nobody any more. */
  | { kind: 'expired' }
  /** Settled before, or somebody else made or makes this attempt. */
  | { kind: 'nothing_to_do' };

/** SQS keeps a message back for no longer. What is due later is sent by the reconciler. */
const longestDelaySeconds = 900;

const gone = 410;

/**
 * Makes one attempt at the callback that an execution owes. At least once: the debt is noted as over after the receiver has
 * taken it, and stands until then.
 *
 *   read the debt > POST > 2xx:             settled
 *                          410, or too late: given up
 *                          all else:        due again, then a message that comes by then; without one the reconciler sends it
 */
export async function deliverCallback(
  ports: DeliverPorts,
  { executionId, attempt }: CallbackAttempt,
): Promise<DeliverResult> {
  const { owed, queue, clock, random } = ports;
  const debt = await owed.find(executionId);
  if (debt?.execution.callback.attempts !== attempt - 1) return { kind: 'nothing_to_do' };
  const { callback, finishedAt } = debt.execution;
  if (isExpired(debt.execution, clock())) {
    await owed.settle(debt, 'given_up', callback.attempts);
    return { kind: 'expired' };
  }

  const result = await ports.post(await letterOf(ports, debt));
  if (result.kind === 'answered' && isTaken(result.status)) {
    const isFirst = await owed.settle(debt, 'delivered', attempt);
    return isFirst ? { kind: 'delivered', attempts: attempt } : { kind: 'nothing_to_do' };
  }
  const now = clock();
  const until = nextCallbackAt({ attempts: attempt, endedAt: new Date(finishedAt), now, random: random() });
  if (until === null || (result.kind === 'answered' && result.status === gone)) {
    const isLast = await owed.settle(debt, 'given_up', attempt);
    return isLast ? { kind: 'given_up', attempts: attempt, result } : { kind: 'nothing_to_do' };
  }
  if (!(await owed.postpone(debt, attempt, until))) return { kind: 'nothing_to_do' };
  const delaySeconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  if (delaySeconds <= longestDelaySeconds)
    await queue.send({ executionId, attempt: attempt + 1 }, delaySeconds);
  return { kind: 'postponed', attempts: attempt, result, until };
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

async function letterOf(ports: DeliverPorts, { execution, readOutput }: OwedCallback): Promise<Letter> {
  const { id, tenant, callback } = execution;
  const urls = await artifactUrls(ports.artifacts, execution);
  const body = JSON.stringify(presentExecution(execution, await readOutput(), urls));
  const secret = callbackSecretOf(tenant, await ports.readCallbackKey());
  return {
    url: callback.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Cordon-Callback/1',
      ...signatureHeaders(secret, { id, body, at: ports.clock() }),
    },
    body,
  };
}
