import { randomBytes } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import {
  type DeliverPorts,
  type DeliverResult,
  deliverCallback,
} from '../../../functions/deliver-callback/deliver-callback.ts';
import { createCallbackPost } from '../../../functions/deliver-callback/post-callback.ts';
import { sendOwedCallbacks } from '../../../functions/reconcile-executions/send-owed-callbacks.ts';
import { announceEnds } from '../../../shared/adapters/announce-ends.ts';
import { presentExecution } from '../../../shared/contract/execution-view.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import { callbackSecretOf } from '../../../shared/executions/callback-secret.ts';
import type { ExecutionStore } from '../../../shared/ports/execution-store.ts';
import { type CallbackReceiver, startCallbackReceiver } from '../../support/callback-receiver.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const createdAt = '2026-03-01T00:00:00.000Z';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let nowMs: number;
const clock = () => new Date(nowMs);
let tables: LocalTables;
let receiver: CallbackReceiver;
let ports: DeliverPorts;
let store: ExecutionStore;
let sent: { id: string; attempt: number; delaySeconds: number | undefined }[];
let isQueueDown: boolean;

beforeEach(async () => {
  nowMs = Date.parse(createdAt);
  sent = [];
  isQueueDown = false;
  const callbackKey = randomBytes(20).toString('hex');
  tables = await startLocalTables(clock);
  await tables.tenants.ensure('acme', defaultQuota, clock());
  receiver = await startCallbackReceiver(() => callbackSecretOf('acme', callbackKey));
  ports = {
    owed: tables.owed,
    queue: {
      async send({ executionId: id, attempt }, delaySeconds) {
        if (isQueueDown) throw new Error('the queue is down');
        sent.push({ id, attempt, delaySeconds });
      },
    },
    artifacts: {
      put: () => Promise.reject(new Error('not for a sender')),
      urlOf: async (_, index) => `https://artifacts.example/${index}`,
    },
    readCallbackKey: async () => callbackKey,
    post: createCallbackPost({ targets: 'local', timeoutMs: 2_000 }),
    clock,
    random: () => 0.5,
  };
  store = announceEnds(tables.store, ports.queue);
});
afterEach(async () => {
  await receiver.close();
  await tables.close();
});

/** An execution that is queued. */
async function admit(change: Partial<Execution> = {}): Promise<Execution> {
  const callback = { url: receiver.url, status: 'waiting', attempts: 0 } as const;
  const execution = sampleExecution({ id: `exe_${ulid()}`, callback, ...change });
  expect(await store.admit(execution, sampleProgram())).toBeNull();
  return execution;
}

async function claim({ id }: Execution): Promise<Execution> {
  const claim = await store.claim(id, 'wasm', clock());
  if (claim.kind !== 'claimed') throw new Error(claim.kind);
  return claim.execution;
}

/** An execution that is completed. */
async function complete(change: Partial<Execution> = {}, stdout = '1\n'): Promise<Execution> {
  const claimed = await claim(await admit(change));
  const finishedAt = clock().toISOString();
  const artifacts = [{ path: 'a.txt', bytes: 1, mediaType: 'text/plain' }];
  const completion = sampleCompletion({ finishedAt, artifacts });
  expect(await store.complete(claimed, completion, { stdout, stderr: '' })).toBe(true);
  return claimed;
}

/** What the next message of an execution does. */
async function deliver({ id }: Execution): Promise<DeliverResult> {
  const attempts = (await tables.store.load(id))?.callback?.attempts ?? 0;
  return deliverCallback(ports, { executionId: id, attempt: attempts + 1 });
}
const callbackOf = async ({ id }: Execution) => (await tables.store.load(id))?.callback;
const reconcile = () => sendOwedCallbacks({ owed: tables.owed, queue: ports.queue, clock });

test('the terminal execution is posted as it is shown, signed, and is settled then', async () => {
  const execution = await complete();
  expect(sent).toEqual([{ id: execution.id, attempt: 1, delaySeconds: undefined }]);
  const read = await tables.store.findWithOutput('acme', execution.id);
  if (read === null) throw new Error('it is gone');

  expect(await deliver(execution)).toEqual({ kind: 'delivered', attempts: 1 });

  const [received] = receiver.received;
  expect(received).toMatchObject({ id: execution.id, isGenuine: true });
  expect(received?.headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'Cordon-Callback/1',
    'webhook-timestamp': String(nowMs / 1000),
  });
  expect(received?.execution).toEqual(
    presentExecution(read.execution, read.output, ['https://artifacts.example/0']),
  );
  expect(received?.execution).toMatchObject({
    status: 'completed',
    stdout: '1\n',
    callback: { url: receiver.url, status: 'waiting', attempts: 0 },
  });
  expect(await callbackOf(execution)).toEqual({ url: receiver.url, status: 'delivered', attempts: 1 });
  expect(await tables.owed.find(execution.id)).toBeNull();
});

test('a message too many posts nothing', async () => {
  const execution = await complete();
  await deliver(execution);

  expect(await deliver(execution)).toEqual({ kind: 'nothing_to_do' });
  expect(await deliverCallback(ports, { executionId: `exe_${ulid()}`, attempt: 1 })).toEqual({
    kind: 'nothing_to_do',
  });
  expect(receiver.received).toHaveLength(1);
});

test('a message that is behind posts nothing, and brings no other', async () => {
  receiver.answer = () => 503;
  const { id } = await complete();
  expect(await deliverCallback(ports, { executionId: id, attempt: 1 })).toMatchObject({ kind: 'postponed' });
  sent = [];

  for (const attempt of [1, 3])
    expect(await deliverCallback(ports, { executionId: id, attempt })).toEqual({ kind: 'nothing_to_do' });

  expect(receiver.received).toHaveLength(1);
  expect(sent).toEqual([]);
});

test('of two messages at once that meet a failure one brings another', async () => {
  receiver.answer = () => 503;
  const execution = await complete();
  sent = [];

  const results = await Promise.all([deliver(execution), deliver(execution)]);

  expect(results.map(({ kind }) => kind).sort()).toEqual(['nothing_to_do', 'postponed']);
  expect(sent).toHaveLength(1);
});

test('before its end an execution owes nothing', async () => {
  const execution = await admit();
  expect(await deliver(execution)).toEqual({ kind: 'nothing_to_do' });
  await claim(execution);
  expect(await deliver(execution)).toEqual({ kind: 'nothing_to_do' });
  expect(receiver.received).toEqual([]);
});

test('of two messages at once one settles, and both bear one id', async () => {
  const execution = await complete();

  const results = await Promise.all([deliver(execution), deliver(execution)]);

  expect(results.map(({ kind }) => kind).sort()).toEqual(['delivered', 'nothing_to_do']);
  expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([execution.id]));
  expect(await callbackOf(execution)).toMatchObject({ status: 'delivered' });
});

test('a large output comes as a reading shows it', async () => {
  const stdout = '\0'.repeat(1_000_000);
  const execution = await complete({}, stdout);

  expect(await deliver(execution)).toMatchObject({ kind: 'delivered' });
  expect(receiver.received[0]?.execution.truncated.stdout).toBe(true);
  expect(receiver.received[0]?.isGenuine).toBe(true);
});

test.each([
  [
    'is cancelled while it waits',
    async (execution: Execution) => store.cancel(execution, clock(), null),
    'cancelled',
  ],
  [
    'is cancelled while it runs',
    async (execution: Execution) => store.cancel(await claim(execution), clock(), null),
    'cancelled',
  ],
  [
    'fails',
    async (execution: Execution) => store.fail(execution, { code: 'internal', message: 'x' }, clock()),
    'failed',
  ],
  [
    'loses its last attempt',
    async (execution: Execution) => store.endLost(await claim(execution), 'failed', clock()),
    'failed',
  ],
  [
    'loses its attempt and is unwanted',
    async (execution: Execution) => store.endLost(await claim(execution), 'cancelled', clock()),
    'cancelled',
  ],
] as const)('an execution that %s is called back', async (_, end, status) => {
  const execution = await admit();
  expect(await end(execution)).toBe(true);

  expect(sent).toHaveLength(1);
  expect(await deliver(execution)).toMatchObject({ kind: 'delivered' });
  expect(receiver.received[0]?.execution).toMatchObject({ id: execution.id, status });
});

test('an execution that is queued again, or that had been ended by somebody else, asks for nothing', async () => {
  const execution = await admit();
  const claimed = await claim(execution);
  await store.requeue(claimed, { code: 'sandbox_lost', message: 'x' });
  const again = await claim(execution);
  await store.endLost(again, 'queued', clock());
  expect(await store.fail(claimed, { code: 'internal', message: 'stale' }, clock())).toBe(false);
  expect(sent).toEqual([]);
});

test('an execution without a callback owes none and asks for none', async () => {
  const execution = await complete({ callback: null });
  expect(sent).toEqual([]);
  expect(await tables.owed.find(execution.id)).toBeNull();
  nowMs += hourMs;
  expect(await reconcile()).toEqual({ sent: [], givenUp: [], errors: [] });
});

test('an end does not fail with the queue: the reconciler asks instead', async () => {
  isQueueDown = true;
  const execution = await complete();
  expect(await reconcile()).toEqual({ sent: [], givenUp: [], errors: [] });

  isQueueDown = false;
  nowMs += 2 * minuteMs;
  expect(await reconcile()).toEqual({ sent: [execution.id], givenUp: [], errors: [] });
  expect(await reconcile()).toMatchObject({ sent: [] });
  expect(await deliver(execution)).toEqual({ kind: 'delivered', attempts: 1 });
});

test.each([200, 201, 204, 299])('%d is a delivery', async (status) => {
  receiver.answer = () => status;
  expect(await deliver(await complete())).toMatchObject({ kind: 'delivered' });
});

test.each([301, 302, 304, 400, 401, 404, 409, 429, 500, 503, 'cut'] as const)(
  '%s is tried again, five seconds later at first',
  async (answer) => {
    const execution = await complete();
    sent = [];
    receiver.answer = (earlier) => (earlier === 0 ? answer : 204);

    expect(await deliver(execution)).toMatchObject({ kind: 'postponed', attempts: 1 });
    expect(sent).toEqual([{ id: execution.id, attempt: 2, delaySeconds: 5 }]);
    expect(await callbackOf(execution)).toMatchObject({ status: 'waiting', attempts: 1 });

    expect(await deliver(execution)).toEqual({ kind: 'delivered', attempts: 2 });
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([execution.id]));
  },
);

test('a receiver that is gone is left alone at once', async () => {
  receiver.answer = () => 410;
  const execution = await complete();

  expect(await deliver(execution)).toMatchObject({ kind: 'given_up', attempts: 1 });
  expect(await callbackOf(execution)).toMatchObject({ status: 'given_up' });
  expect(await deliver(execution)).toEqual({ kind: 'nothing_to_do' });
});

test('a receiver that never comes back is tried for a day, by messages and then by the reconciler', async () => {
  receiver.answer = () => 503;
  const execution = await complete();
  const startMs = nowMs;
  let last: DeliverResult;
  let attempts = 0;
  do {
    sent = [];
    last = await deliver(execution);
    attempts += 1;
    if (last.kind === 'postponed') {
      nowMs = last.until.getTime();
      if (sent.length === 0) {
        nowMs += 2 * minuteMs;
        expect(await reconcile()).toMatchObject({ sent: [execution.id] });
      }
    }
  } while (last.kind === 'postponed');

  expect(last).toMatchObject({ kind: 'given_up', attempts });
  expect(nowMs - startMs).toBeGreaterThan(19 * hourMs);
  expect(nowMs - startMs).toBeLessThan(25 * hourMs);
  expect(receiver.received).toHaveLength(attempts);
  expect(await callbackOf(execution)).toEqual({ url: receiver.url, status: 'given_up', attempts });
});

test('what nobody could try for two days is given up by the reconciler, what is younger is not', async () => {
  const execution = await complete();
  nowMs += 40 * hourMs;
  expect(await reconcile()).toMatchObject({ sent: [execution.id], givenUp: [] });
  nowMs += 9 * hourMs;
  expect(await reconcile()).toMatchObject({ sent: [], givenUp: [execution.id] });
  expect(await callbackOf(execution)).toMatchObject({ status: 'given_up', attempts: 0 });
});

test('what could not be tried for a day is tried once it can be', async () => {
  const execution = await complete();
  nowMs += 30 * hourMs;
  expect(await deliver(execution)).toMatchObject({ kind: 'delivered' });
});

test('an execution that has expired is not told of any more', async () => {
  const execution = await complete({ expiresAt: '2026-03-02T00:00:00.000Z' });
  nowMs += 24 * hourMs;

  expect(await deliver(execution)).toEqual({ kind: 'expired' });
  expect(receiver.received).toEqual([]);
  expect(await callbackOf(execution)).toMatchObject({ status: 'given_up' });
});

test('a tenant that is gone is called back all the same', async () => {
  const execution = await complete({ tenant: 'acme' });
  await tables.client.send(
    new DeleteItemCommand({ TableName: 'ledger', Key: { account: { S: 'tenant#acme' } } }),
  );
  expect(await deliver(execution)).toMatchObject({ kind: 'delivered' });
});

test('one callback that can not be read keeps no other from being sent', async () => {
  const [first, second] = [await complete(), await complete()];
  nowMs += 2 * minuteMs;
  const owed = {
    ...tables.owed,
    find: (id: string) => (id === first.id ? Promise.reject(new Error('odd')) : tables.owed.find(id)),
  };

  const { sent: found, errors } = await sendOwedCallbacks({ owed, queue: ports.queue, clock });

  expect(found).toEqual([second.id]);
  expect(errors).toMatchObject([{ id: first.id }]);
});
