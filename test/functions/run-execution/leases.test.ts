import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import type { Execution } from '../../../shared/domain/execution.ts';
import { leaseMs } from '../../../shared/domain/timing.ts';
import type { SandboxBackend } from '../../../shared/ports/sandbox-backend.ts';
import { type LaneFixture, startLanes } from '../../support/lane-fixture.ts';
import { sampleExecution, sampleProgram, sampleResult } from '../../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const minutes = (count: number) => count * 60_000;
const done = sampleResult();
const chargedOnce = { executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0, executionMsUsed: 12 };

let lanes: LaneFixture;
beforeEach(async () => {
  lanes = await startLanes(start);
});
afterEach(() => lanes.close());

async function submit(lane: Execution['lane'] = 'wasm'): Promise<string> {
  const execution = sampleExecution({ id: `exe_${ulid()}`, lane, backend: lane, route: [lane] });
  await lanes.tables.store.admit(execution, sampleProgram());
  await lanes.queues[lane].send(execution.id);
  return execution.id;
}

/** An attempt that lives on while others find its execution. */
async function hold(id: string, lane: Execution['lane'], at = start): Promise<Execution> {
  const result = await lanes.tables.store.claim(id, lane, at);
  if (result.kind !== 'claimed') throw new Error(`not claimed: ${result.kind}`);
  return result.execution;
}

const backendOf = (name: SandboxBackend['name']) => {
  const backend = {
    name,
    runs: 0,
    async run() {
      backend.runs += 1;
      return done;
    },
  };
  return backend;
};

test('an execution whose executor died is tried again once its lease has run out, and charged once', async () => {
  const id = await submit();
  await hold(id, 'wasm');
  const wasm = backendOf('wasm');
  expect(await lanes.deliver(wasm)).toMatchObject({ kind: 'again', reason: 'lease is held' });

  lanes.setNow(later(leaseMs + 1));
  expect(await lanes.deliver(wasm)).toMatchObject({ kind: 'again', afterSeconds: 1 });
  expect(await lanes.deliver(wasm)).toMatchObject({ kind: 'completed' });

  expect(await lanes.tables.store.load(id)).toMatchObject({
    status: 'completed',
    attempts: 2,
    failures: [{ attempt: 1, code: 'sandbox_lost' }],
  });
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});

test('three executors that die are the last', async () => {
  const id = await submit();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await hold(id, 'wasm');
    lanes.setNow(later(leaseMs + 1));
    await lanes.deliver(backendOf('wasm'));
    lanes.setNow(start);
  }

  expect(await lanes.tables.store.load(id)).toMatchObject({ status: 'failed', attempts: 3 });
  expect(await lanes.tables.account('acme')).toMatchObject({ executionsUsed: 0, concurrentUsed: 0 });
  expect(await lanes.deliver(backendOf('wasm'))).toBeNull();
});

describe.each(['wasm', 'e2b', 'gvisor'] as const)('a duplicate message on %s', (lane) => {
  test.each([5, -5])(
    'that meets a clock %i min off neither ends nor repeats a live attempt',
    async (offMinutes) => {
      const id = await submit(lane);
      const holder = await hold(id, lane);
      lanes.setNow(later(minutes(offMinutes)));
      const other = backendOf(lane);

      const result = await lanes.deliver(other, {
        pause: async () => void (await lanes.tables.store.renew(holder, later(10_000))),
      });

      expect(result).toMatchObject({ kind: 'again', reason: 'lease is held' });
      expect(other.runs).toBe(0);
      expect(await lanes.tables.store.load(id)).toMatchObject({ status: 'running', attempts: 1 });
    },
  );

  test('that meets a dead attempt of a clock ahead of its own ends it', async () => {
    const id = await submit(lane);
    await hold(id, lane, later(minutes(5)));

    const result = await lanes.deliver(backendOf(lane));

    expect(result).toMatchObject({ kind: lane === 'wasm' ? 'again' : 'failed' });
    expect(await lanes.tables.store.load(id)).toMatchObject({
      status: lane === 'wasm' ? 'queued' : 'failed',
    });
  });
});

test('an attempt that stalls for longer than the proof of its loss writes nothing', async () => {
  const id = await submit();
  const stalled = await hold(id, 'wasm');
  lanes.setNow(later(leaseMs + 1));
  await lanes.deliver(backendOf('wasm'));
  const current = backendOf('wasm');
  const delivered = await lanes.deliver(current);

  expect(delivered).toMatchObject({ kind: 'completed' });
  const { store } = lanes.tables;
  expect(await store.renew(stalled, start)).toBe(false);
  expect(await store.cancel(stalled, start, null)).toBe(false);
  expect(await store.requeue(stalled, { code: 'internal', message: 'x' })).toBe(false);
  expect(await store.fail(stalled, { code: 'internal', message: 'x' }, start)).toBe(false);
  expect(await lanes.tables.account('acme')).toMatchObject(chargedOnce);
});
