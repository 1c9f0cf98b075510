import { ulid } from 'ulid';
import { cancelExecution } from '../../../functions/cancel-execution/cancel-execution.ts';
import { reconcileExecutions } from '../../../functions/reconcile-executions/reconcile-executions.ts';
import { sendOwedCallbacks } from '../../../functions/reconcile-executions/send-owed-callbacks.ts';
import { runExecution } from '../../../functions/run-execution/run-execution.ts';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import { submitOnce } from '../../../functions/submit-execution/submit-once.ts';
import { findBreaches, type Records } from '../../../scripts/records/find-breaches.ts';
import { readRecords } from '../../../scripts/records/read-records.ts';
import { announceEnds } from '../../../shared/adapters/announce-ends.ts';
import { createDynamoExecutionStore } from '../../../shared/adapters/dynamodb-execution-store.ts';
import { createDynamoOpenExecutions } from '../../../shared/adapters/dynamodb-open-executions.ts';
import { createSqsLaneQueue } from '../../../shared/adapters/sqs-lane-queue.ts';
import { type LaneMessage, laneMessageSchema } from '../../../shared/contract/lane-message.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { LaneName } from '../../../shared/domain/lane.ts';
import { queueVisibilitySeconds } from '../../../shared/domain/timing.ts';
import { callbackSecretOf } from '../../../shared/executions/callback-secret.ts';
import type { ExecutionStore } from '../../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../../shared/ports/lane-queue.ts';
import type { SandboxBackend } from '../../../shared/ports/sandbox-backend.ts';
import { type CallbackReceiver, startCallbackReceiver } from '../callback-receiver.ts';
import { controlSettings } from '../control-settings.ts';
import { startLocalTables } from '../local-tables.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { isCallbackOwed } from './is-callback-owed.ts';
import { lanes, type QueueName, startLocalLaneQueues } from './local-lane-queues.ts';
import { createProcesses, type Process } from './processes.ts';
import { createRigCallbacks } from './rig-callbacks.ts';
import { gate, request, silenceMs } from './small-request.ts';
import { createStubBackend } from './stub-backend.ts';

export interface Submission {
  /** Lanes of the deployment that it is sent to; wasm alone unless said otherwise. */
  lanes?: readonly LaneName[];
  /** The client sends the request again, under one Idempotency-Key, until it is answered. */
  repeats?: boolean;
  /** It has a callbackUrl. */
  callsBack?: boolean;
  /** Its owner cancels it before anybody has claimed it. */
  cancels?: boolean;
}

/**
 * The use cases of the service as processes that can be killed, with the real DynamoDB and SQS behind proxies that
 * can fail. Nothing waits: the clock is moved to where the next thing happens.
 */
export interface FaultRig {
  dynamodb: FaultProxy;
  sqs: FaultProxy;
  receiver: CallbackReceiver;
  backends: Record<LaneName, SandboxBackend>;
  /** How far the clock of the next attempt's executor is off. */
  executorSkewMs: () => number;
  /** New processes for whatever comes next. */
  renew(): void;
  /** Ends the process that is at work. */
  kill(): void;
  /** Answers the id that the client was given, or null when it was told of an error or nothing at all. */
  submit(submission?: Submission): Promise<string | null>;
  sendRaw(queue: QueueName, body: string): Promise<void>;
  /** Delivers one message of a lane, if there is one. */
  deliverOnce(lane: LaneName): Promise<boolean>;
  /**
   * Delivers until the queues are empty, no callback is owed and the reconciler finds nothing to do, with all faults as they are. Throws when
   * that never happens.
   */
  rest(): Promise<void>;
  records(): Promise<Records>;
  /** What is wrong with the records, given what clients were told. */
  breaches(): Promise<string[]>;
  /** Executions that the reconciler found and repaired. */
  repaired: Set<string>;
  /** Bodies that ended in a dead-letter queue and that nobody can read. */
  unreadable: string[];
  close(): Promise<void>;
}

const mostRounds = 400;
const caller = { tenant: 'acme', keyId: 'key-1', scopes: ['execute'] as const };
/** What they run is small. */
const noBlobs = {
  put: () => Promise.reject(new Error('nothing is large here')),
  get: () => Promise.reject(new Error('nothing is large here')),
};

export async function startFaultRig(): Promise<FaultRig> {
  let nowMs = Date.parse('2026-03-01T00:00:00.000Z');
  const clock = () => new Date(nowMs);
  const pause = async (ms: number) => {
    nowMs += ms;
  };
  const tables = await startLocalTables(clock);
  await tables.tenants.ensure('acme', { ...defaultQuota, unlimited: true }, clock());
  const queues = await startLocalLaneQueues();
  const isDead = (name: string) => processes.isDead(name);
  const dynamodb = await startFaultProxy(tables.url, isDead);
  const sqs = await startFaultProxy(queues.url, isDead);
  const processes = createProcesses({ dynamodb: dynamodb.url, sqs: sqs.url });
  const admitted: string[] = [];
  const callbackKey = ulid();
  const receiver = await startCallbackReceiver(() => callbackSecretOf('acme', callbackKey));
  const callbacks = createRigCallbacks({
    ...{ queueUrl: queues.pathOf('callbacks'), callbackKey, blobs: noBlobs, clock },
    advance(ms) {
      nowMs += ms;
    },
  });

  /** The gvisor lane has no way to SQS. */
  const storeOf = (process: Process, lane?: LaneName): ExecutionStore => {
    const store = createDynamoExecutionStore({
      client: process.dynamodb,
      executionsTable: 'executions',
      ledgerTable: 'ledger',
      blobs: noBlobs,
      clock,
    });
    return lane === 'gvisor' ? store : announceEnds(store, callbacks.queueOf(process));
  };
  const queuesOf = (
    { sqs: client }: Process,
    names: readonly LaneName[],
  ): Partial<Record<LaneName, LaneQueue>> =>
    Object.fromEntries(
      names.map((name) => [name, createSqsLaneQueue({ client, queueUrl: queues.pathOf(name) })]),
    );

  async function submitAs(
    process: Process,
    { lanes: names = ['wasm'], callsBack = false }: Submission,
    key: string | undefined,
  ) {
    const ports = {
      store: storeOf(process),
      queues: queuesOf(process, names),
      settings: controlSettings(),
      checkSyntax: async () => [],
      gate,
      callbackTargets: 'local' as const,
      clock,
      newId: (now: Date) => `exe_${ulid(now.getTime())}`,
    };
    const body = callsBack ? { ...request, callbackUrl: receiver.url } : request;
    const submitted = submitOnce(ports, caller, body, { key, startedMs: performance.now() }).then(
      ({ execution }) => execution.id,
      () => null,
    );
    return Promise.race([submitted, process.killed]);
  }

  async function cancel(id: string) {
    const process = processes.of('canceller');
    await attempt(() =>
      Promise.race([cancelExecution({ store: storeOf(process), clock }, caller.tenant, id), process.killed]),
    );
  }

  async function run(lane: LaneName, { executionId, secretsKey }: LaneMessage) {
    const process = processes.of('executor');
    const skewMs = rig.executorSkewMs();
    const ports = {
      store: storeOf(process, lane),
      backend: rig.backends[lane],
      artifacts: { put: async () => {}, urlOf: () => Promise.reject(new Error('not for an executor')) },
      queues: lane === 'e2b' ? queuesOf(process, ['gvisor']) : {},
      settings: controlSettings(),
      clock: () => new Date(nowMs + skewMs),
      pause,
    };
    return Promise.race([runExecution(ports, executionId, secretsKey), process.killed]);
  }

  async function settle(lane: LaneName, message: LaneMessage) {
    const process = processes.of('settler');
    const ports = {
      store: storeOf(process),
      queues: queuesOf(process, lanes),
      settings: controlSettings(),
      clock,
      pause,
    };
    return Promise.race([settleDeadLetter(ports, lane, message), process.killed]);
  }

  /** Long after, on its schedule. Answers whether it is to come again at once. */
  async function reconcile(): Promise<boolean> {
    nowMs += silenceMs;
    const process = processes.of('reconciler');
    const ports = {
      store: storeOf(process),
      open: createDynamoOpenExecutions({ client: process.dynamodb, executionsTable: 'executions' }),
      queues: queuesOf(process, lanes),
      settings: controlSettings(),
      clock,
      pause,
    };
    const callbackPorts = { owed: callbacks.owedOf(process), queue: callbacks.queueOf(process), clock };
    const work = () => Promise.all([reconcileExecutions(ports), sendOwedCallbacks(callbackPorts)]);
    const all = await attempt(() => Promise.race([work(), process.killed]));
    if (all === 'killed' || all === 'threw') return true;
    const [done, { sent, givenUp, errors }] = all;
    if (sent.length + givenUp.length + errors.length > 0) return true;
    for (const id of [...done.resent, ...done.failed]) rig.repaired.add(id);
    return done.resent.length + done.failed.length + done.errors.length > 0;
  }

  /** One message of a lane, as its event source mapping and its executor treat it. */
  async function deliver(lane: LaneName): Promise<boolean> {
    const message = await queues.receive(lane);
    if (message === null) return false;
    const result = await attempt(() => run(lane, read(message.Body)));
    if (result === 'killed' || result === 'threw') nowMs += queueVisibilitySeconds * 1000;
    else if (result.kind === 'again') nowMs += result.afterSeconds * 1000;
    else await queues.remove(lane, message);
    return true;
  }

  async function deliverDead(lane: LaneName): Promise<boolean> {
    const message = await queues.receive(`${lane}-dead`);
    if (message === null) return false;
    const body = await attempt(async () => read(message.Body));
    if (body === 'threw') rig.unreadable.push(message.Body ?? '');
    const isDone = body === 'threw' || (await attempt(() => settle(lane, body))) === true;
    if (isDone) await queues.remove(`${lane}-dead`, message);
    else nowMs += queueVisibilitySeconds * 1000;
    return true;
  }

  /** One message of callbacks, as its event source mapping and the function treat it. */
  async function deliverCallbackMessage(): Promise<boolean> {
    const message = await queues.receive('callbacks');
    if (message === null) return false;
    const result = await attempt(() => callbacks.deliver(processes.of('deliverer'), message.Body));
    if (result === 'killed' || result === 'threw') nowMs += queueVisibilitySeconds * 1000;
    else await queues.remove('callbacks', message);
    return true;
  }

  const rig: FaultRig = {
    dynamodb,
    sqs,
    receiver,
    backends: {
      wasm: createStubBackend('wasm'),
      e2b: createStubBackend('e2b'),
      gvisor: createStubBackend('gvisor'),
    },
    executorSkewMs: () => 0,
    renew: processes.renew,
    kill: processes.kill,
    repaired: new Set(),
    unreadable: [],
    async submit(submission: Submission = {}) {
      const { repeats = false, cancels = false } = submission;
      const key = repeats ? ulid() : undefined;
      for (let tries = 0; tries < (repeats ? 5 : 1); tries += 1) {
        const answer = await submitAs(processes.of('submitter'), submission, key);
        if (answer === null || answer === 'killed') continue;
        admitted.push(answer);
        if (cancels) await cancel(answer);
        return answer;
      }
      return null;
    },
    sendRaw: queues.send,
    deliverOnce: deliver,
    async rest() {
      for (let round = 0; round < mostRounds; round += 1) {
        let delivered = Number(await deliverCallbackMessage());
        for (const lane of lanes) delivered += Number(await deliver(lane)) + Number(await deliverDead(lane));
        if (delivered > 0) continue;
        if ((await queues.depth()) === 0) {
          if ((await reconcile()) || (await isCallbackOwed(tables.owed, nowMs))) continue;
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('the queues never come to rest');
    },
    records: () =>
      readRecords({ client: tables.client, executionsTable: 'executions', ledgerTable: 'ledger' }),
    breaches: async () => findBreaches(await rig.records(), admitted),
    async close() {
      processes.renew();
      await Promise.all([dynamodb.close(), sqs.close(), receiver.close()]);
      await queues.close();
      await tables.close();
    },
  };
  return rig;
}

function read(body: string | undefined): LaneMessage {
  return laneMessageSchema.parse(JSON.parse(body ?? ''));
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | 'threw'> {
  try {
    return await work();
  } catch {
    return 'threw';
  }
}
