import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import type { CordonClient, SubmitBody } from '../../scripts/cordon-client.ts';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import { eventually } from '../local/support/fixture-cloud.ts';
import { type CallbackReceiver, type Received, startCallbackReceiver } from '../support/callback-receiver.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let client: CordonClient;
let receiver: CallbackReceiver;
let secret = '';

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
  secret = await secretOf('acme');
  receiver = await startCallbackReceiver(() => secret);
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await fixture.end();
}, 60_000);
beforeEach(() => {
  receiver.answer = () => 204;
});

async function secretOf(tenant: string): Promise<string> {
  const answer = await fixture.admin.getCallbackSecretOf(tenant);
  if (!answer.ok) throw new Error(answer.problem.detail);
  return answer.body.secret;
}

async function submit(more: Partial<SubmitBody> = {}, key?: string): Promise<ExecutionView> {
  const request = { language: 'python', source: 'print(42)', callbackUrl: receiver.url, ...more } as const;
  const answer = await client.submit(request, key === undefined ? {} : { idempotencyKey: key });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

async function read(id: string): Promise<ExecutionView> {
  const answer = await client.get(id);
  if (!answer.ok) throw new Error(answer.problem.detail);
  return answer.body;
}

const callbackOf = (id: string): Promise<Received> =>
  eventually(async () => receiver.received.find((one) => one.id === id), 20_000);

const settled = (id: string): Promise<ExecutionView> =>
  eventually(async () => {
    const execution = await read(id);
    return execution.callback?.status === 'waiting' ? undefined : execution;
  }, 20_000);

test('the end of an execution is posted to its callbackUrl, signed with the secret of its tenant', async () => {
  const { id, callback } = await submit({ metadata: { order: '17' } });
  expect(callback).toEqual({ url: receiver.url, status: 'waiting', attempts: 0 });

  const received = await callbackOf(id);

  expect(received.isGenuine).toBe(true);
  const shown = await settled(id);
  expect(shown.callback).toEqual({ url: receiver.url, status: 'delivered', attempts: 1 });
  expect(received.execution).toEqual({ ...shown, callback });
  expect(received.execution).toMatchObject({
    status: 'completed',
    stdout: '42\n',
    metadata: { order: '17' },
  });
}, 60_000);

test('what is redacted and what failed is posted as it is shown', async () => {
  const token = ['ghp', 'x'.repeat(36)]
    .join('_')
    .replace(/x/g, () => 'aB3dE5fG7h'[Math.floor(Math.random() * 10)] ?? '');
  const { id } = await submit({ source: `import os\nprint(os.environ["T"])\n1 / 0`, secrets: { T: token } });

  const { execution } = await callbackOf(id);

  expect(JSON.stringify(execution)).not.toContain(token);
  expect(execution).toMatchObject({ outcome: 'nonzero_exit', error: { type: 'ZeroDivisionError' } });
  expect(execution.redactions).not.toEqual([]);
}, 60_000);

test('an execution that is cancelled is called back too', async () => {
  const { id } = await submit({ source: 'import time\ntime.sleep(30)' });
  await client.cancel(id);

  expect((await callbackOf(id)).execution).toMatchObject({ id, status: 'cancelled' });
}, 60_000);

test('a receiver that fails at first is tried again, with the same id', async () => {
  receiver.answer = (earlier) => (earlier === 0 ? 500 : 200);
  const { id } = await submit();

  expect((await settled(id)).callback).toMatchObject({ status: 'delivered', attempts: 2 });
  const received = receiver.received.filter((one) => one.id === id);
  expect(received.map(({ isGenuine }) => isGenuine)).toEqual([true, true]);
}, 60_000);

test('a receiver that is gone is given up', async () => {
  receiver.answer = () => 410;
  const { id } = await submit();
  expect((await settled(id)).callback).toMatchObject({ status: 'given_up', attempts: 1 });
}, 60_000);

test('a repeated request calls back once, one with another callbackUrl is a conflict', async () => {
  const key = ulid();
  const { id } = await submit({}, key);
  expect((await submit({}, key)).id).toBe(id);
  await settled(id);

  const other = await client.submit(
    { language: 'python', source: 'print(42)', callbackUrl: `${receiver.url}/else` },
    { idempotencyKey: key },
  );
  expect(other).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(receiver.received.filter((one) => one.id === id)).toHaveLength(1);
}, 60_000);

test('callbacks go out under maintenance', async () => {
  const { id } = await submit({ source: 'import time\ntime.sleep(1)' });
  await fixture.admin.putSettings({ mode: 'maintenance' });
  try {
    expect((await callbackOf(id)).execution).toMatchObject({ status: 'completed' });
  } finally {
    await fixture.admin.putSettings({ mode: 'normal' });
  }
}, 60_000);

test('only an admin reads the secret, of a tenant that there is, and another one for each', async () => {
  await fixture.createKey('globex');
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await secretOf('acme')).toBe(secret);
  expect(await secretOf('globex')).not.toBe(secret);
  expect(await client.getCallbackSecretOf('acme')).toMatchObject({ ok: false, status: 403 });
  expect(await fixture.admin.getCallbackSecretOf('nobody')).toMatchObject({ ok: false, status: 404 });
}, 60_000);

test('neither an address nor a secret is in a log', async () => {
  receiver.answer = (earlier) => (earlier === 0 ? 500 : 410);
  const { id } = await submit({ callbackUrl: `${receiver.url}?token=of-the-receiver` });
  await settled(id);

  const logs = await fixture.logs();

  expect(logs).toContain('callback postponed');
  for (const hidden of ['of-the-receiver', secret, secret.slice('whsec_'.length)])
    expect(logs).not.toContain(hidden);
}, 60_000);

test('after a restart secrets are what they were, and what was owed is delivered', async () => {
  let isDown = true;
  receiver.answer = () => (isDown ? 503 : 204);
  const { id } = await submit();
  await callbackOf(id);
  await fixture.service.stop();
  isDown = false;
  await fixture.restart();
  client = fixture.clientOf(await fixture.createKey('acme'));

  expect(await secretOf('acme')).toBe(secret);
  expect((await settled(id)).callback).toMatchObject({ status: 'delivered' });
  expect(receiver.received.every(({ isGenuine }) => isGenuine)).toBe(true);
}, 120_000);
