import { ulid } from 'ulid';
import { deliverCallback } from '../../../functions/deliver-callback/deliver-callback.ts';
import type { PostCallback } from '../../../functions/deliver-callback/post-callback.ts';
import { reconcileExecutions } from '../../../functions/reconcile-executions/reconcile-executions.ts';
import { sendOwedCallbacks } from '../../../functions/reconcile-executions/send-owed-callbacks.ts';
import { runExecution } from '../../../functions/run-execution/run-execution.ts';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import { submitOnce } from '../../../functions/submit-execution/submit-once.ts';
import { findBreaches, type Records } from '../../../scripts/records/find-breaches.ts';
import { readRecords } from '../../../scripts/records/read-records.ts';
import { announceEnds } from '../../../shared/adapters/announce-ends.ts';
import { createDynamoOpenExecutions } from '../../../shared/adapters/dynamodb-open-executions.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import { maxDeliveries } from '../../../shared/domain/lane.ts';
import type { CallbackAttempt } from '../../../shared/ports/callback-queue.ts';
import { controlSettings } from '../control-settings.ts';
import { startLocalTables } from '../local-tables.ts';
import { type CrashPlan, planCrash } from './crash-plan.ts';
import { isCallbackOwed } from './is-callback-owed.ts';
import { createMemoryQueue, type Delivery } from './memory-queue.ts';
import { gate, request, silenceMs } from './small-request.ts';
import { createStubBackend } from './stub-backend.ts';

/** What came of many executions while processes crashed at random. */
export interface CrashReport {
  /** How often a process died, by where. */
  crashes: Map<string, number>;
  records: Records;
  /** Executions that a client was answered with. */
  admitted: string[];
  breaches: string[];
  /** Ids by which a receiver got the callbacks that it took, as often as it took them. */
  taken: string[];
}

export interface CrashOptions {
  executions: number;
  /** Of all submissions, attempts and settlements, the share that dies. */
  crashShare: number;
  random: () => number;
}

const tenants = ['acme', 'globex', 'initech'];
const atATime = 8;
const mostCallsOfAProcess = 6;
/** Of what a receiver gets. */
const refusedShare = 0.2;

/**
 * Clients, executors, the settler, the reconciler and the sender of callbacks on the real DynamoDB and a queue that delivers at least once; clients
 * send a request again, under its key, until they are answered. Runs until no message is left
 * and the reconciler finds nothing to do.
 */
export async function crashAtRandom({ executions, crashShare, random }: CrashOptions): Promise<CrashReport> {
  let nowMs = Date.parse('2026-03-01T00:00:00.000Z');
  const clock = () => new Date(nowMs);
  const pause = async (ms: number) => {
    nowMs += ms;
  };
  const tables = await startLocalTables(clock);
  for (const tenant of tenants) {
    await tables.tenants.ensure(tenant, { ...defaultQuota, unlimited: true }, clock());
  }
  const queue = createMemoryQueue<string>({
    ...{ maxDeliveries: maxDeliveries('wasm'), nowMs: () => nowMs, random },
    duplicateShare: crashShare,
  });
  const callbacks = createMemoryQueue<CallbackAttempt>({
    ...{ maxDeliveries: 3, nowMs: () => nowMs, random },
    duplicateShare: crashShare,
  });
  const taken: string[] = [];
  const backend = createStubBackend('wasm');
  const crashes = new Map<string, number>();
  const admitted: string[] = [];
  const waiting = Array.from({ length: executions }, (_, n) => ({
    key: `key-${n}`,
    tenant: tenants[n % 3] ?? '',
    callsBack: n % 2 === 0,
  }));

  /** Null when the process died on the way. */
  async function inProcess<Result>(role: string, work: (plan: CrashPlan) => Promise<Result>) {
    const dieAt = random() < crashShare ? 1 + Math.floor(random() * mostCallsOfAProcess) : null;
    const plan = planCrash(dieAt, random() < 0.5 ? 'before' : 'after');
    const result = await work(plan).catch((error: unknown) => {
      if (plan.diedAt() === null) throw error;
      return null;
    });
    const place = plan.diedAt();
    if (place === null) return result;
    crashes.set(`${role} ${place}`, (crashes.get(`${role} ${place}`) ?? 0) + 1);
    return null;
  }

  const storeOf = (plan: CrashPlan) =>
    announceEnds(plan.over(tables.store), plan.over({ send: callbacks.send }));

  const queueOf = (plan: CrashPlan) => ({
    ...plan.over({ send: (executionId: string) => queue.send(executionId) }),
    delay: () => Promise.reject(new Error('left to the delivery')),
  });

  async function submit(client: (typeof waiting)[number]): Promise<void> {
    const submission = await inProcess('submitter', (plan) =>
      submitOnce(
        {
          store: storeOf(plan),
          queues: { wasm: queueOf(plan) },
          settings: controlSettings(),
          checkSyntax: async () => [],
          gate,
          callbackTargets: 'local' as const,
          clock,
          newId: (now) => `exe_${ulid(now.getTime())}`,
        },
        { tenant: client.tenant, keyId: 'key-1', scopes: ['execute'] },
        // Every other one has a callback.
        client.callsBack ? { ...request, callbackUrl: 'https://receiver.example/' } : request,
        { key: client.key, startedMs: performance.now() },
      ),
    );
    if (submission === null) waiting.push(client);
    else admitted.push(submission.execution.id);
  }

  async function deliver(delivery: Delivery<string>): Promise<void> {
    return delivery.isDead ? settle(delivery) : run(delivery);
  }

  async function run({ content: executionId, remove, delay }: Delivery<string>): Promise<void> {
    const result = await inProcess('executor', (plan) =>
      runExecution(
        {
          store: storeOf(plan),
          backend: plan.over(backend),
          artifacts: { put: async () => {}, urlOf: () => Promise.reject(new Error('not for an executor')) },
          queues: {},
          settings: controlSettings(),
          clock,
          pause,
        },
        executionId,
      ),
    );
    if (result?.kind === 'again') delay(result.afterSeconds);
    else if (result !== null) remove();
  }

  async function settle({ content: executionId, remove }: Delivery<string>): Promise<void> {
    const isSettled = await inProcess('settler', (plan) =>
      settleDeadLetter(
        {
          store: storeOf(plan),
          queues: { wasm: queueOf(plan) },
          settings: controlSettings(),
          clock,
          pause,
        },
        'wasm',
        { executionId },
      ),
    );
    if (isSettled === true) remove();
  }

  /** A dead letter of a callback is nobody's business: the debt is in the table. */
  async function callBack({ content, isDead, remove }: Delivery<CallbackAttempt>): Promise<void> {
    if (isDead) return remove();
    const post: PostCallback = async ({ headers }) => {
      if (random() < refusedShare) return { kind: 'answered', status: 503 };
      taken.push(headers['webhook-id'] ?? '');
      return { kind: 'answered', status: 204 };
    };
    const result = await inProcess('sender', (plan) =>
      deliverCallback(
        {
          owed: plan.over(tables.owed),
          queue: plan.over({ send: callbacks.send }),
          artifacts: { put: async () => {}, urlOf: async () => '' },
          readCallbackKey: async () => 'a key',
          post: plan.over({ post }).post,
          clock,
          random,
        },
        content,
      ),
    );
    if (result !== null) remove();
  }

  function nextCallback(): Promise<void> | null {
    const delivery = callbacks.receive();
    return delivery === null ? null : callBack(delivery);
  }

  function nextWork(): Promise<void> | null {
    const delivery = random() < 0.5 ? queue.receive() : null;
    if (delivery !== null) return deliver(delivery);
    const callback = random() < 0.3 ? nextCallback() : null;
    if (callback !== null) return callback;
    const client = waiting.shift();
    if (client !== undefined) return submit(client);
    const late = queue.receive();
    return late === null ? nextCallback() : deliver(late);
  }

  async function reconcile(): Promise<boolean> {
    nowMs += silenceMs;
    const open = createDynamoOpenExecutions({ client: tables.client, executionsTable: 'executions' });
    const done = await inProcess('reconciler', (plan) =>
      reconcileExecutions({
        store: storeOf(plan),
        open: { listIds: open.listIds, ...plan.over({ find: open.find, noteResent: open.noteResent }) },
        queues: { wasm: queueOf(plan) },
        settings: controlSettings(),
        clock,
        pause,
      }),
    );
    const owed = await inProcess('reconciler', (plan) =>
      sendOwedCallbacks({
        owed: {
          ...plan.over({
            find: tables.owed.find,
            postpone: tables.owed.postpone,
            settle: tables.owed.settle,
          }),
          listIds: tables.owed.listIds,
        },
        queue: plan.over({ send: callbacks.send }),
        clock,
      }),
    );
    if (done === null || owed === null) return true;
    const repaired = done.resent.length + done.failed.length + done.errors.length;
    return (
      repaired + owed.sent.length + owed.givenUp.length + owed.errors.length > 0 ||
      isCallbackOwed(tables.owed, nowMs)
    );
  }

  for (;;) {
    const work = Array.from({ length: atATime }, nextWork).filter((one) => one !== null);
    await Promise.all(work);
    if (work.length > 0) nowMs += 10;
    else {
      const times = [queue.nextAtMs(), callbacks.nextAtMs()].filter((at) => at !== null);
      if (times.length > 0) nowMs = Math.min(...times);
      else if (!(await reconcile())) break;
    }
  }
  const records = await readRecords({
    client: tables.client,
    executionsTable: 'executions',
    ledgerTable: 'ledger',
  });
  await tables.close();
  return { crashes, records, admitted, breaches: findBreaches(records, admitted), taken };
}
