import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { type Submission, submitOnce } from '../../../functions/submit-execution/submit-once.ts';
import { parseInput } from '../../../shared/contract/parse-input.ts';
import { submitRequestSchema } from '../../../shared/contract/submit-request.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { OperatorSettings } from '../../../shared/domain/operator-settings.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';
import { controlSettings } from '../../support/control-settings.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });

const start = new Date('2026-03-01T00:00:00.000Z');
let now: Date;
let tables: LocalTables;
let sent: string[];

beforeEach(async () => {
  now = start;
  sent = [];
  tables = await startLocalTables(() => now);
  for (const tenant of ['acme', 'other']) await tables.tenants.ensure(tenant, defaultQuota, now);
});

afterEach(() => tables.close());

interface Sent {
  key?: string;
  tenant?: string;
  body?: object;
  settings?: Partial<OperatorSettings>;
  send?: (id: string) => Promise<void>;
}

function submit({
  key = 'order-17',
  tenant = 'acme',
  body = {},
  settings = {},
  send,
}: Sent = {}): Promise<Submission> {
  const request = parseInput(submitRequestSchema, { language: 'python', source: 'print(1)', ...body });
  const keep = async (id: string) => void sent.push(id);
  const ports = {
    store: tables.store,
    queues: { wasm: { send: send ?? keep, delay: () => Promise.reject() } },
    settings: controlSettings(settings),
    checkSyntax: async () => [],
    gate,
    callbackTargets: 'local' as const,
    clock: () => now,
    newId: () => `exe_${ulid()}`,
  };
  const caller = { tenant, keyId: 'key-1', scopes: ['execute'] as const };
  return submitOnce(ports, caller, request, { key, startedMs: performance.now() });
}

test('a repeated request answers the first one’s execution and charges nothing', async () => {
  const first = await submit();
  const second = await submit();

  expect(first.isReplay).toBe(false);
  expect(second).toEqual({ execution: first.execution, isReplay: true });
  expect(sent).toEqual([first.execution.id]);
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
});

test('of fifty that race each other one is admitted, and all get its execution', async () => {
  const submissions = await Promise.all(Array.from({ length: 50 }, () => submit()));

  expect(new Set(submissions.map(({ execution }) => execution.id)).size).toBe(1);
  expect(submissions.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  expect(sent).toHaveLength(1);
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
});

test.each<[string, object, object]>([
  [
    'the order of members',
    { context: { a: 1, b: [{ c: 2, d: 3 }] } },
    { context: { b: [{ d: 3, c: 2 }], a: 1 } },
  ],
  ['a default that is written out', {}, { stdin: '', args: [], limits: {} }],
])('%s makes no other request', async (_, body, same) => {
  const first = await submit({ body });
  expect(await submit({ body: same })).toEqual({ execution: first.execution, isReplay: true });
});

test.each<[string, object]>([
  ['another source', { source: 'print(2)' }],
  ['another order of args', { args: ['b', 'a'] }],
  ['another secret', { secrets: { TOKEN: 'a value of no service' } }],
])('%s under the same key is a conflict, and nothing is admitted', async (_, body) => {
  await submit({ body: { args: ['a', 'b'], secrets: { TOKEN: 'some other long value' } } });

  await expect(
    submit({ body: { args: ['a', 'b'], secrets: { TOKEN: 'some other long value' }, ...body } }),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1 });
});

test('a key is its tenant’s own', async () => {
  const first = await submit();
  const other = await submit({ tenant: 'other', body: { source: 'print(2)' } });

  expect(other.isReplay).toBe(false);
  expect(other.execution.id).not.toBe(first.execution.id);
});

test('a repetition is answered where a new request would be refused', async () => {
  const { execution } = await submit();

  const settings = { mode: 'maintenance', message: 'back at noon' } as const;
  expect(await submit({ settings })).toEqual({ execution, isReplay: true });
  await expect(submit({ settings, key: 'another' })).rejects.toMatchObject({ code: 'maintenance' });
  await expect(submit({ settings, body: { source: 'print(2)' } })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a repetition is answered with nothing left of the quota', async () => {
  await tables.tenants.ensure('small', { ...defaultQuota, executionsLimit: 1 }, now);
  const { execution } = await submit({ tenant: 'small' });

  expect(await submit({ tenant: 'small' })).toEqual({ execution, isReplay: true });
  await expect(submit({ tenant: 'small', key: 'another' })).rejects.toMatchObject({ code: 'quota_exceeded' });
});

test('a key whose request could not be queued is free for the next try', async () => {
  const send = () => Promise.reject(new Error('no queue'));
  await expect(submit({ send })).rejects.toMatchObject({ code: 'backend_unavailable' });

  expect(await submit()).toMatchObject({ isReplay: false });
  expect(await tables.account('acme')).toMatchObject({ executionsUsed: 1, concurrentUsed: 1 });
});

test('after a day a key is free again, though its item is still there', async () => {
  const first = await submit();
  now = new Date(start.getTime() + 24 * 3_600_000 - 1_000);
  expect(await submit()).toMatchObject({ isReplay: true });
  now = new Date(start.getTime() + 24 * 3_600_000);

  const next = await submit({ body: { source: 'print(2)' } });

  expect(next.isReplay).toBe(false);
  expect(next.execution.id).not.toBe(first.execution.id);
});

test('keys are not among the executions', async () => {
  await submit();
  expect((await tables.store.list('acme', { limit: 10 })).items).toHaveLength(1);
});
