import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalCloud } from '../../local/start-local-cloud.ts';
import { clientOf, eventually, nameOf, startFixture } from './support/fixture-cloud.ts';

let cloud: LocalCloud;
let client: LambdaClient;
let api: string;
let isolated: string;

beforeAll(async () => {
  cloud = await startFixture();
  client = new LambdaClient({ ...clientOf(cloud.endpoints.lambda), maxAttempts: 1 });
  api = nameOf(cloud, 'AWS::Lambda::Function', 'Api');
  isolated = nameOf(cloud, 'AWS::Lambda::Function', 'Isolated');
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
});

/** Beside the one that most tests share; closed even when its test fails. */
const others: LocalCloud[] = [];
async function startAnother(options: Parameters<typeof startFixture>[0]): Promise<LocalCloud> {
  const other = await startFixture(options);
  others.push(other);
  return other;
}
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
});

/** A fixture whose function `Api` has other properties. */
function startWithApi(properties: Record<string, number>): Promise<LocalCloud> {
  return startAnother({
    change: (template) => {
      const [id] = Object.entries(template.Resources).find(([name]) => name.startsWith('ApiF')) ?? [''];
      const resource = template.Resources[id];
      const Properties = { ...resource?.Properties, ...properties };
      return {
        ...template,
        Resources: { ...template.Resources, [id]: { Type: '', ...resource, Properties } },
      };
    },
  });
}

async function invoke(FunctionName: string, payload: unknown, options: Partial<InvokeCommandInput> = {}) {
  const answer = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), ...options }),
  );
  const text = answer.Payload?.transformToString() ?? '';
  return { ...answer, payload: text === '' ? undefined : JSON.parse(text) };
}
const behave = (path: string) => invoke(api, { path, body: null });
const bodyOf = async (path: string) => JSON.parse((await behave(path)).payload.body);
const refusalOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: Error) => error.name,
  );

describe('an invocation', () => {
  test('runs the bundle by name and by ARN', async () => {
    const arn = cloud.functions.find(api)?.arn ?? '';

    const answers = [await invoke(api, { path: '/noop' }), await invoke(arn, { path: '/noop' })];

    for (const { StatusCode, FunctionError, payload } of answers) {
      expect([StatusCode, FunctionError, payload]).toEqual([200, undefined, { statusCode: 200, body: '{}' }]);
    }
  });

  test('gives the function its own environment variables, the standard ones, and nothing of this process', async () => {
    process.env.SECRET_OF_THE_HOST = 'x';

    const { env } = await bodyOf('/environment');

    expect(env).toMatchObject({
      TABLE: nameOf(cloud, 'AWS::DynamoDB::GlobalTable', 'Table'),
      QUEUE_URL: nameOf(cloud, 'AWS::SQS::Queue', 'Queue'),
      JOINED: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:000000000000:table\/.+\/index\/\*$/),
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: api,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_ENDPOINT_URL_DYNAMODB: cloud.endpoints.dynamodb,
    });
    expect(env).not.toHaveProperty('SECRET_OF_THE_HOST');
    expect(env).not.toHaveProperty('NODE_OPTIONS');
  });

  test('has a context with the remaining time', async () => {
    const context = await bodyOf('/context');

    expect(context).toMatchObject({ functionName: api, memoryLimitInMB: '128', functionVersion: '$LATEST' });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(2000);
  });

  test('reuses its environment', async () => {
    const before = (await bodyOf('/environment')).invocations;

    const after = (await bodyOf('/environment')).invocations;

    expect(after).toBe(before + 1);
  });

  test('writes what it prints to the log file of its function', async () => {
    const { dataDirectory, cloud: logged } = await startWithDirectory();
    const other = new LambdaClient(clientOf(logged.endpoints.lambda));
    const payload = JSON.stringify({ path: '/log' });
    await other.send(new InvokeCommand({ FunctionName: api, Payload: payload }));
    const logicalId = logged.functions.find(api)?.logicalId ?? '';

    const file = join(dataDirectory, 'logs', `${logicalId}.log`);

    const text = await eventually(async () => {
      const content = readFileSync(file, 'utf8');
      return content.includes('a line for the log') ? content : undefined;
    });
    expect(text).toContain('a line for the log');
    other.destroy();
  });
});

describe('a function that fails', () => {
  const failures: [string, string, Record<string, unknown>][] = [
    ['throws', '/throw', { errorType: 'TypeError', errorMessage: 'thrown' }],
    [
      'exits',
      '/exit',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    ],
    [
      'rejects a promise that nobody awaits',
      '/reject',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'nobody catches this' },
    ],
    [
      'never answers',
      '/hang',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 2.00 seconds'),
      },
    ],
    [
      'never yields',
      '/spin',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 2.00 seconds'),
      },
    ],
    ['answers too much', '/large-answer', { errorType: 'Function.ResponseSizeTooLarge' }],
  ];
  test.each(failures)('because it %s answers an unhandled error', async (_, path, error) => {
    const { StatusCode, FunctionError, payload } = await behave(path);

    expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
    expect(payload).toMatchObject(error);
    expect((await behave('/noop')).payload.statusCode).toBe(200);
  });
});

test('a function that takes more memory than it has answers an error, and the next invocation works', async () => {
  // Collecting garbage before it gives up takes a second, and more on a busy machine.
  const patient = await startWithApi({ Timeout: 20 });
  const other = new LambdaClient(clientOf(patient.endpoints.lambda));
  const behaveThere = async (path: string) => {
    const answer = await other.send(
      new InvokeCommand({ FunctionName: api, Payload: JSON.stringify({ path }) }),
    );
    return JSON.parse(answer.Payload?.transformToString() ?? '');
  };

  expect(await behaveThere('/out-of-memory')).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(await behaveThere('/noop')).toMatchObject({ statusCode: 200 });
  other.destroy();
});

describe('an invocation is refused', () => {
  test('for an unknown function', async () => {
    expect(await refusalOf(invoke('unknown', {}))).toBe('ResourceNotFoundException');
  });

  test('for a payload over 6 MB, and over 1 MB for an event', async () => {
    const payload = (bytes: number) => ({ text: 'x'.repeat(bytes) });

    expect(await refusalOf(invoke(api, payload(6_300_000)))).toBe('RequestTooLargeException');
    expect(await refusalOf(invoke(api, payload(1_100_000), { InvocationType: 'Event' }))).toBe(
      'RequestTooLargeException',
    );
  });

  test('for a payload that is no JSON', async () => {
    expect(await refusalOf(client.send(new InvokeCommand({ FunctionName: api, Payload: '{' })))).toBe(
      'InvalidRequestContentException',
    );
  });

  test('without a tenant where tenants are isolated, and with one where they are not', async () => {
    expect(await refusalOf(invoke(isolated, {}))).toBe('InvalidParameterValueException');
    expect(await refusalOf(invoke(api, {}, { TenantId: 'a' }))).toBe('InvalidParameterValueException');
  });
});

test('an event is accepted at once and run afterwards, a dry run is not run', async () => {
  const event = await invoke(api, { path: '/write' }, { InvocationType: 'Event' });
  const dryRun = await invoke(api, { path: '/count' }, { InvocationType: 'DryRun' });

  expect([event.StatusCode, dryRun.StatusCode]).toEqual([202, 204]);
  await eventually(async () => cloud.calls().find(({ operation }) => operation === 'PutObject'));
  expect(cloud.calls().find(({ operation }) => operation === 'UpdateItem')).toBeUndefined();
});

describe('tenant isolation', () => {
  const serve = (TenantId: string) => invoke(isolated, {}, { TenantId });

  test('serves each tenant from processes of its own', async () => {
    const answers = [];
    for (const tenant of ['blue', 'green', 'blue', 'green']) answers.push((await serve(tenant)).payload);

    expect(answers.map(({ served }) => served)).toEqual([
      ['blue'],
      ['green'],
      ['blue', 'blue'],
      ['green', 'green'],
    ]);
    expect(answers[0].pid).not.toBe(answers[1].pid);
    expect(answers.map(({ pid }) => pid)).not.toContain(process.pid);
  });

  test('ends the longest idle process, with what it started, when there are too many', async () => {
    const first = (await serve('tenant-0')).payload;

    for (let tenant = 1; tenant <= 8; tenant += 1) await serve(`tenant-${tenant}`);

    await eventually(async () => (isRunning(first.pid) || isRunning(first.childPid) ? undefined : true));
    expect((await serve('tenant-0')).payload.served).toEqual(['tenant-0']);
  });

  test('ends the children of a function that ran into its timeout', async () => {
    const { childPid } = (await serve('spinning')).payload;

    const { payload } = await invoke(isolated, { spin: true }, { TenantId: 'spinning' });

    expect(payload.errorType).toBe('Sandbox.Timedout');
    await eventually(async () => (isRunning(childPid) ? undefined : true));
  });
});

test('beyond the concurrency of the function, invocations wait and then are throttled', async () => {
  const limited = await startWithApi({ ReservedConcurrentExecutions: 1 });
  const other = new LambdaClient({ ...clientOf(limited.endpoints.lambda), maxAttempts: 1 });
  const brief = () =>
    other.send(new InvokeCommand({ FunctionName: api, Payload: JSON.stringify({ path: '/brief' }) })).then(
      () => 'answered',
      (error: Error) => error.name,
    );

  await brief();
  const answers = await Promise.all(Array.from({ length: 30 }, brief));

  // One after another they take three seconds, and none waits longer than one.
  const [answered, throttled] = ['answered', 'TooManyRequestsException'].map(
    (expected) => answers.filter((answer) => answer === expected).length,
  );
  expect(answered).toBeGreaterThan(1);
  expect(throttled).toBeGreaterThan(0);
  expect((answered ?? 0) + (throttled ?? 0)).toBe(30);
  other.destroy();
});

test('idle environments end: those beside another one soon, the last one later', async () => {
  const other = await startAnother({ idle: { surplusMs: 1_000, lastMs: 5_000 } });
  const otherClient = new LambdaClient(clientOf(other.endpoints.lambda));
  const slow = () =>
    otherClient.send(new InvokeCommand({ FunctionName: api, Payload: JSON.stringify({ path: '/slow' }) }));

  const countIs = (count: number) =>
    eventually(async () => (other.functions.environments === count ? true : undefined));

  const answers = Promise.all([slow(), slow()]);
  await countIs(2);
  await answers;

  await countIs(1);
  await countIs(0);
  otherClient.destroy();
});

test('a function that a schedule invokes keeps no environment', async () => {
  const other = await startAnother({
    idle: { surplusMs: 1_000, lastMs: 600_000 },
    change: (template) => {
      const id = Object.keys(template.Resources).find((name) => name.startsWith('ApiF')) ?? '';
      const Properties = {
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Id: '0', Arn: { 'Fn::GetAtt': [id, 'Arn'] } }],
      };
      const Hourly = { Type: 'AWS::Events::Rule', Properties };
      return { ...template, Resources: { ...template.Resources, Hourly } };
    },
  });
  const config = other.functions.find(api);
  expect(config).toBeDefined();

  const payload = JSON.stringify({ path: '/noop' });
  const run = config && other.functions.invoke(config, { payload, caller: 'test', patienceMs: 30_000 });

  expect(await run).toMatchObject({ kind: 'succeeded' });
  expect(other.functions.environments).toBe(1);
  await eventually(async () => (other.functions.environments === 0 ? true : undefined));
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed child that its parent hasn't asked about yet still has a number.
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function startWithDirectory() {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'local-cloud-logs-'));
  return { dataDirectory, cloud: await startAnother({ dataDirectory }) };
}
