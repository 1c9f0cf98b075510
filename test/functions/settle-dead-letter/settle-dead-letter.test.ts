import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
let tables: LocalTables;
let sent: string[];

beforeEach(async () => {
  sent = [];
  tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', defaultQuota, now);
});

afterEach(() => tables.close());

function settle(lane: Execution['lane'], at = now, settings = controlSettings()): Promise<boolean> {
  const queueOf = (name: string) => ({
    send: async (id: string, key = '') => void sent.push(name, id, key),
    delay: () => Promise.reject(),
  });
  const queues = { e2b: queueOf('e2b'), gvisor: queueOf('gvisor') };
  const ports = { store: tables.store, queues, settings, clock: () => at, pause: async () => {} };
  return settleDeadLetter(ports, lane, { executionId: sampleExecution().id, secretsKey: 'a2V5' });
}

async function admitToE2b(): Promise<Execution> {
  await tables.store.admit(
    sampleExecution({ lane: 'e2b', backend: 'e2b', route: ['e2b', 'gvisor'] }),
    sampleProgram(),
  );
  return sampleExecution();
}

async function handOver(): Promise<Execution> {
  const { id } = await admitToE2b();
  const claim = await tables.store.claim(id, 'e2b', now);
  if (claim.kind !== 'claimed') throw new Error('not claimed');
  await tables.store.handOver(claim.execution, 'gvisor', { code: 'backend_unavailable', message: 'down' });
  return claim.execution;
}

const inAnHour = new Date(now.getTime() + 3_600_000);

test('a dead message whose deliveries all died before an attempt is sent again', async () => {
  const { id } = await admitToE2b();

  expect(await settle('e2b', new Date(inAnHour.getTime() - 1))).toBe(true);

  expect(sent).toEqual(['e2b', id, 'a2V5']);
  expect(await tables.store.load(id)).toMatchObject({ status: 'queued', attempts: 0 });
});

test('after an hour a dead message fails its execution and releases the reservation', async () => {
  const { id } = await admitToE2b();

  expect(await settle('e2b', inAnHour)).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 0, concurrentUsed: 0 });
});

test("a dead message of the lane before tells the execution's own lane, and fails nothing", async () => {
  const { id } = await handOver();

  expect(await settle('e2b')).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'queued', lane: 'gvisor' });
  expect(sent).toEqual(['gvisor', id, 'a2V5']);
});

test('a dead message of the lane before leaves a running execution alone', async () => {
  const { id } = await handOver();
  await tables.store.claim(id, 'gvisor', now);

  expect(await settle('e2b')).toBe(true);

  expect(await tables.store.load(id)).toMatchObject({ status: 'running' });
  expect(sent).toEqual([]);
});

test('a dead message comes again while an attempt holds the execution', async () => {
  const { id } = await admitToE2b();
  await tables.store.claim(id, 'e2b', now);

  expect(await settle('e2b')).toBe(false);
  expect(await settle('e2b', new Date('2026-03-01T00:05:00.000Z'))).toBe(true);
  expect(await tables.store.load(id)).toMatchObject({
    status: 'failed',
    failures: [{ attempt: 1, backend: 'e2b' }],
  });
});

test.each([
  ['waits for its lane', controlSettings({ disabledBackends: ['e2b'] })],
  ['waited until a moment ago', controlSettings({}, { changedAt: new Date(now.getTime() + 3_540_000) })],
])('a dead message of an execution that %s is sent again', async (_, settings) => {
  const { id } = await admitToE2b();

  expect(await settle('e2b', inAnHour, settings)).toBe(true);

  expect(sent).toEqual(['e2b', id, 'a2V5']);
  expect(await tables.store.load(id)).toMatchObject({ status: 'queued', attempts: 0 });
});

test('settings that changed long ago keep no dead message alive', async () => {
  const { id } = await admitToE2b();

  await settle('e2b', inAnHour, controlSettings({}, { changedAt: now }));

  expect(sent).toEqual([]);
  expect(await tables.store.load(id)).toMatchObject({ status: 'failed' });
});
