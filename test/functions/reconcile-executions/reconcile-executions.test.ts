import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import {
  type ReconcilePorts,
  reconcileExecutions,
} from '../../../functions/reconcile-executions/reconcile-executions.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import { sealSecrets } from '../../../shared/executions/sealed-secrets.ts';
import type { SandboxBackend } from '../../../shared/ports/sandbox-backend.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LaneFixture, startLanes } from '../../support/lane-fixture.ts';
import { sampleExecution, sampleProgram, sampleResult } from '../../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const done = sampleResult();
const backend = (name: Execution['lane'] = 'wasm'): SandboxBackend => ({ name, run: async () => done });
const released = { executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 0 };
const chargedOnce = { executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 12 };
const nothing = { resent: [], failed: [], cancelled: [], errors: [] };

let lanes: LaneFixture;
beforeEach(async () => {
  lanes = await startLanes(start);
});
afterEach(() => lanes.close());

async function admit(lane: Execution['lane'] = 'wasm', secrets?: Record<string, string>): Promise<string> {
  const id = `exe_${ulid(start.getTime())}`;
  const execution = sampleExecution({
    id,
    lane,
    backend: lane,
    route: [lane],
    createdAt: start.toISOString(),
  });
  const sealed = secrets && sealSecrets(id, secrets).sealed;
  const refusal = await lanes.tables.store.admit(
    execution,
    sampleProgram(),
    sealed && { sealedSecrets: sealed },
  );
  expect(refusal).toBeNull();
  return id;
}

async function claim(id: string, lane: Execution['lane'] = 'wasm', at = start): Promise<Execution> {
  const result = await lanes.tables.store.claim(id, lane, at);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

function reconcile(minutes: number, change: Partial<ReconcilePorts> = {}) {
  lanes.setNow(after(minutes));
  const { store, open } = lanes.tables;
  const ports = { store, open, queues: lanes.queues, settings: controlSettings() };
  return reconcileExecutions({ ...ports, clock: () => after(minutes), pause: async () => {}, ...change });
}

const isOpen = async (id: string) => {
  const key = { TableName: 'executions', Key: marshall({ id }) };
  return (await lanes.tables.client.send(new GetItemCommand(key))).Item?.openShard !== undefined;
};
const find = (id: string) => lanes.tables.store.load(id);

test('an execution whose message was lost is sent again, and ends completed', async () => {
  const id = await admit();
  expect(await reconcile(14)).toEqual(nothing);

  expect(await reconcile(16)).toEqual({ ...nothing, resent: [id] });
  expect(await reconcile(17)).toEqual(nothing);
  expect(await lanes.deliver(backend())).toMatchObject({ kind: 'completed' });

  expect(await find(id)).toMatchObject({ status: 'completed', attempts: 1 });
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
  expect(await isOpen(id)).toBe(false);
  expect(await reconcile(600)).toEqual(nothing);
});

test('a message too many does nothing', async () => {
  const id = await admit();
  await lanes.queues.wasm.send(id);
  await reconcile(16);

  expect(await lanes.deliver(backend())).toMatchObject({ kind: 'completed' });
  expect(await lanes.deliver(backend())).toMatchObject({ kind: 'nothing_to_do' });
  expect(await lanes.deliver(backend())).toBeNull();
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('of racing reconcilers one sends', async () => {
  await admit();

  const results = await Promise.all(Array.from({ length: 8 }, () => reconcile(16)));

  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  expect(results.flatMap(({ resent }) => resent)).toHaveLength(1);
});

test('an execution whose executor and message are gone is tried again', async () => {
  const id = await admit();
  const lost = await claim(id);

  expect(await reconcile(3)).toEqual({ ...nothing, resent: [id] });
  expect(await lanes.deliver(backend())).toMatchObject({ kind: 'completed' });

  expect(await find(id)).toMatchObject({ attempts: 2, failures: [{ attempt: 1, code: 'sandbox_lost' }] });
  expect(await lanes.tables.store.renew(lost, start)).toBe(false);
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('an attempt that renews its lease while it is watched lives', async () => {
  const id = await admit();
  const held = await claim(id, 'wasm', new Date(start.getTime() - 300_000));

  const result = await reconcile(3, {
    pause: async () => void (await lanes.tables.store.renew(held, start)),
  });

  expect(result).toEqual(nothing);
  expect(await find(id)).toMatchObject({ status: 'running', attempts: 1 });
});

test.each(['e2b', 'gvisor'] as const)('what may have started on %s is failed and released', async (lane) => {
  const id = await admit(lane);
  await claim(id, lane);

  expect(await reconcile(3)).toEqual({ ...nothing, failed: [id] });

  expect(await find(id)).toMatchObject({ status: 'failed', failure: { code: 'sandbox_lost' } });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
  expect(await isOpen(id)).toBe(false);
});

test('an execution with secrets can not be sent again: it is failed and released', async () => {
  const id = await admit('wasm', { TOKEN: 'a value of no service' });
  expect(await reconcile(59)).toEqual(nothing);

  expect(await reconcile(61)).toEqual({ ...nothing, failed: [id] });

  expect(await find(id)).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('an execution whose executor died and that has secrets waits for its own message, then fails', async () => {
  const id = await admit('wasm', { TOKEN: 'a value of no service' });
  await claim(id);

  expect(await reconcile(3)).toEqual(nothing);
  expect(await find(id)).toMatchObject({ status: 'queued', attempts: 1 });
  expect(await reconcile(64)).toEqual({ ...nothing, failed: [id] });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('an execution without an attempt left is failed and released', async () => {
  const id = await admit();
  const failure = { code: 'backend_unavailable', message: 'All sandboxes are busy.' } as const;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await lanes.tables.store.requeue(await claim(id), failure);
  }

  expect(await reconcile(16)).toEqual({ ...nothing, failed: [id] });

  expect(await find(id)).toMatchObject({ status: 'failed', failure });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('what was cancelled while its executor was lost is cancelled', async () => {
  const id = await admit();
  const running = await claim(id);
  await lanes.tables.store.requestCancel(running);

  expect(await reconcile(3)).toEqual({ ...nothing, cancelled: [id] });

  expect(await find(id)).toMatchObject({ status: 'cancelled', failure: null });
  expect(await lanes.tables.account('acme')).toMatchObject(released);
});

test('what waits for a lane that the operator closed is left alone', async () => {
  const id = await admit();
  const settings = controlSettings({ mode: 'maintenance' });

  expect(await reconcile(600, { settings })).toEqual(nothing);

  expect(await find(id)).toMatchObject({ status: 'queued', attempts: 0 });
});

test('one that can not be repaired keeps no other from being so', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => admit()));
  const broken = ids[7];
  const wasm = {
    ...lanes.queues.wasm,
    async send(id: string) {
      if (id === broken) throw new Error('SQS is down');
      await lanes.queues.wasm.send(id);
    },
  };

  const { resent, errors } = await reconcile(16, { queues: { wasm } });

  expect(errors).toMatchObject([{ id: broken }]);
  expect([...resent, broken].sort()).toEqual([...ids].sort());
});

test('one that can not be read keeps no other from being repaired', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => admit()));
  const [unreadable] = ids;
  const { open } = lanes.tables;
  const find: typeof open.find = async (id) => {
    if (id === unreadable) throw new Error('of no version that this one knows');
    return open.find(id);
  };

  const { resent, errors } = await reconcile(16, { open: { ...open, find } });

  expect(errors).toMatchObject([{ id: unreadable }]);
  expect([...resent, unreadable].sort()).toEqual([...ids].sort());
});

test.each(['completed', 'failed', 'cancelled', 'withdrawn'])(
  'what is %s is in the index no more',
  async (end) => {
    const id = await admit();
    expect(await isOpen(id)).toBe(true);
    const { store } = lanes.tables;
    const queued = await find(id);
    if (queued === null) throw new Error('not admitted');
    if (end === 'withdrawn') await store.withdraw(queued);
    else if (end === 'cancelled') await store.cancel(queued, start, null);
    else {
      const running = await claim(id);
      expect(await isOpen(id)).toBe(true);
      if (end === 'failed') await store.fail(running, { code: 'internal', message: 'x' }, start);
      else
        await store.complete(
          running,
          { ...done.report, ...completed, artifacts: [], redactions: [] },
          { stdout: '', stderr: '' },
        );
    }

    const listed: string[] = [];
    for (const ids of lanes.tables.open.listIds(after(600))) for await (const one of ids) listed.push(one);
    expect(listed).toEqual([]);
  },
);

const completed = {
  outcome: 'succeeded',
  exitCode: 0,
  signal: null,
  costUsd: 0.000003,
  finishedAt: start.toISOString(),
} as const;
