import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { type LocalCloud, startLocalCloud } from '../../local/start-local-cloud.ts';
import { readTemplate } from '../../local/template/template.ts';
import { buildProject } from '../../scripts/build.ts';
import { createDynamoAccountReader } from '../../shared/adapters/dynamodb-account-reader.ts';
import { createDynamoExecutionStore } from '../../shared/adapters/dynamodb-execution-store.ts';
import { createDynamoTenantStore } from '../../shared/adapters/dynamodb-tenant-store.ts';
import { sendCallbacksTask } from '../../shared/contract/scheduled-task.ts';
import { type Account, defaultQuota } from '../../shared/domain/account.ts';
import type { Callback } from '../../shared/domain/callback.ts';
import { type Execution, isTerminal } from '../../shared/domain/execution.ts';
import { leaseMs } from '../../shared/domain/timing.ts';
import { sealSecrets } from '../../shared/executions/sealed-secrets.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import { clientOf, eventually, nameOf } from '../local/support/fixture-cloud.ts';
import { startCallbackReceiver } from '../support/callback-receiver.ts';
import { sampleExecution, sampleProgram } from '../support/sample-execution.ts';

/** The deployed functions on the local cloud, with what no client can do: lost, forged and repeated messages. */
let cloud: LocalCloud;
let store: ExecutionStore;
let sqs: SQSClient;
let dynamoDb: DynamoDBClient;
let tenant: string;

beforeAll(async () => {
  const { templateFile, assetDirectory } = await buildProject();
  cloud = await startLocalCloud({
    template: await readTemplate(templateFile),
    assetDirectory,
    port: 0,
    dataDirectory: ':memory:',
    variables: () => ({ BACKENDS: 'wasm', DEPLOYMENT: 'test', CALLBACK_TARGETS: 'local' }),
  });
  dynamoDb = new DynamoDBClient(clientOf(cloud.endpoints.dynamodb));
  sqs = new SQSClient({ ...clientOf(cloud.endpoints.sqs), useQueueUrlAsEndpoint: false });
  store = createDynamoExecutionStore({
    client: dynamoDb,
    executionsTable: nameOf(cloud, 'AWS::DynamoDB::GlobalTable', 'tablesexecutions'),
    ledgerTable: cloud.output('LedgerTable'),
    blobs: { put: () => Promise.reject(), get: () => Promise.reject() },
    clock: () => new Date(),
  });
}, 120_000);
afterAll(async () => {
  dynamoDb.destroy();
  sqs.destroy();
  await cloud.close();
}, 60_000);

beforeEach(async () => {
  tenant = `t-${ulid().toLowerCase()}`;
  const tenants = createDynamoTenantStore({ client: dynamoDb, ledgerTable: cloud.output('LedgerTable') });
  await tenants.ensure(tenant, defaultQuota, new Date());
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function admit(
  minutes: number,
  secrets?: Record<string, string>,
  source = 'print(1)',
  callback: Callback | null = null,
): Promise<string> {
  const at = minutesAgo(minutes);
  const id = `exe_${ulid(at.getTime())}`;
  const limits = { ...sampleExecution().limits, wallTimeMs: 60_000, cpuTimeMs: 60_000 };
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const createdAt = at.toISOString();
  const execution = sampleExecution({ id, tenant, limits, createdAt, expiresAt, callback });
  const sealedSecrets = secrets && sealSecrets(id, secrets).sealed;
  expect(
    await store.admit(execution, sampleProgram({ source }), sealedSecrets && { sealedSecrets }),
  ).toBeNull();
  return id;
}

async function send(body: unknown): Promise<void> {
  const QueueUrl = nameOf(cloud, 'AWS::SQS::Queue', 'wasmlanequeue');
  const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

const messageOf = (executionId: string, more: object = {}) => ({ schemaVersion: 1, executionId, ...more });

async function reconcile(event: object = {}): Promise<void> {
  const name = nameOf(cloud, 'AWS::Lambda::Function', 'reconciler');
  const config = cloud.functions.find(name);
  if (config === undefined) throw new Error('there is no reconciler');
  const invocation = { payload: JSON.stringify(event), caller: 'test', patienceMs: 10_000 };
  expect(await cloud.functions.invoke(config, invocation)).toMatchObject({ kind: 'succeeded' });
}

const endOf = (id: string, withinMs?: number): Promise<Execution> =>
  eventually(async () => {
    const execution = await store.load(id);
    return execution !== null && isTerminal(execution.status) ? execution : undefined;
  }, withinMs);

async function account(): Promise<Account | null> {
  const reader = createDynamoAccountReader({ client: dynamoDb, ledgerTable: cloud.output('LedgerTable') });
  return reader.find(tenant);
}

test('an execution whose message was lost ends completed after the reconciler has run', async () => {
  const id = await admit(16);

  await reconcile();

  expect(await endOf(id)).toMatchObject({ status: 'completed', outcome: 'succeeded', attempts: 1 });
  expect(await account()).toMatchObject({ executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0 });
}, 60_000);

test('an execution whose executor was lost with its message is tried again', async () => {
  const id = await admit(16);
  expect(await store.claim(id, 'wasm', minutesAgo(10))).toMatchObject({ kind: 'claimed' });

  await reconcile();

  expect(await endOf(id)).toMatchObject({
    status: 'completed',
    attempts: 2,
    failures: [{ attempt: 1, code: 'sandbox_lost' }],
  });
  expect(await account()).toMatchObject({ executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0 });
}, 90_000);

test('an execution with secrets whose message was lost is failed and released', async () => {
  const id = await admit(61, { TOKEN: 'a value of no service' });

  await reconcile();

  expect(await endOf(id)).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
  expect(await account()).toMatchObject({ executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0 });
}, 60_000);

test('a callback that nobody asked for is delivered after the reconciler has run', async () => {
  const receiver = await startCallbackReceiver(() => '');
  const callback = { url: receiver.url, status: 'waiting', attempts: 0 } as const;
  const id = await admit(16, undefined, 'print(1)', callback);
  const execution = await store.load(id);
  if (execution === null) throw new Error('it is gone');
  // Ends it as a lane does that has no way to SQS.
  expect(await store.cancel(execution, minutesAgo(2), null)).toBe(true);

  await reconcile(sendCallbacksTask);

  await eventually(async () => receiver.received.find((one) => one.id === id), 20_000);
  await eventually(async () => ((await store.load(id))?.callback?.status === 'delivered' ? true : undefined));
  await receiver.close();
}, 60_000);

test('an execution that is sent fifty times runs once and is charged once', async () => {
  const id = await admit(0);

  await Promise.all(Array.from({ length: 50 }, () => send(messageOf(id))));

  expect(await endOf(id)).toMatchObject({ status: 'completed', attempts: 1 });
  await untilEmpty();
  expect(await store.load(id)).toMatchObject({ attempts: 1 });
  expect(await account()).toMatchObject({ executionsUsed: 1, concurrentUsed: 0, executionMsReserved: 0 });
}, 120_000);

test('a program that runs for longer than a lease is run once, whoever finds it meanwhile', async () => {
  const seconds = leaseMs / 1000 + 6;
  const id = await admit(0, undefined, `import time\ntime.sleep(${seconds})\nprint("slept")`);
  await send(messageOf(id));
  await send(messageOf(id));

  const execution = await endOf(id, (seconds + 30) * 1000);

  expect(execution).toMatchObject({ status: 'completed', outcome: 'succeeded', attempts: 1, failures: [] });
  expect(execution.usage?.wallTimeMs).toBeGreaterThan(leaseMs);
}, 120_000);

test.each([
  ['of nothing', messageOf(`exe_${ulid()}`)],
  ['with a key that opens nothing', messageOf(`exe_${ulid()}`, { secretsKey: 'a2V5' })],
])(
  'a forged message %s is dropped, and the next one is handled',
  async (_, forged) => {
    await send(forged);
    const id = await admit(0);
    await send(messageOf(id));

    expect(await endOf(id)).toMatchObject({ status: 'completed' });
    await untilEmpty();
  },
  60_000,
);

test('a forged message with another key fails its execution, which costs nothing', async () => {
  const id = await admit(0, { TOKEN: 'a value of no service' });

  await send(messageOf(id, { secretsKey: 'a2V5' }));

  expect(await endOf(id)).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
  expect(await account()).toMatchObject({ executionsUsed: 0, concurrentUsed: 0, executionMsReserved: 0 });
}, 60_000);

test.each([
  ['of another version', { ...messageOf(`exe_${ulid()}`), schemaVersion: 2 }],
  ["of another item's key", messageOf(`cancel#exe_${ulid()}`)],
  ['that is no JSON', '{"schemaVersion": 1'],
])(
  'a message %s holds up nothing',
  async (_, unreadable) => {
    await send(unreadable);
    const id = await admit(0);
    await send(messageOf(id));

    expect(await endOf(id)).toMatchObject({ status: 'completed' });
  },
  60_000,
);

/** No message waits or is being worked on. */
async function untilEmpty(): Promise<void> {
  const QueueUrl = nameOf(cloud, 'AWS::SQS::Queue', 'wasmlanequeue');
  await eventually(async () => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    const isEmpty = ApproximateNumberOfMessages === '0' && ApproximateNumberOfMessagesNotVisible === '0';
    return isEmpty || undefined;
  }, 100_000);
}
