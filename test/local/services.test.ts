import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { StartedServices } from '../../local/ecs/start-services.ts';
import { descendants } from '../../local/process-tree.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../local/start-local-cloud.ts';
import type { Template } from '../../local/template/template.ts';
import { clientOf, eventually } from './support/fixture-cloud.ts';

/** Says what it was given, starts a child that would outlive it, and ends when it is told to. */
const service = `
  import { spawn } from 'node:child_process';
  import { createServer } from 'node:http';
  if (process.env.BROKEN) { console.log(JSON.stringify({ level: 'ERROR', message: 'no isolation here' })); process.exit(3); }
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  createServer((request, response) => {
    if (request.url === '/die') process.exit(1);
    response.end(JSON.stringify({ pid: process.pid, environment: process.env }));
  }).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('{"level":"INFO","message":"ready"}'));
  process.on('SIGTERM', () => {});
`;
const secretText = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:::}}']] };
const Image = { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/assets:image` };
const Variables = {
  HOST_URL: 'http://host.inside.internal:8080/x',
  MODE: 'from the template',
  HOST_API_KEY: secretText,
};
const template: Template = {
  Resources: {
    Key: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
    Namespace: {
      Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
      Properties: { Name: 'inside.internal' },
    },
    Name: {
      Type: 'AWS::ServiceDiscovery::Service',
      Properties: { Name: 'host', NamespaceId: { 'Fn::GetAtt': ['Namespace', 'Id'] } },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        ContainerDefinitions: [
          {
            Image,
            Environment: [
              { Name: 'PORT', Value: '8080' },
              { Name: 'HOST_API_KEY', Value: secretText },
            ],
            PortMappings: [{ ContainerPort: 8080 }],
          },
        ],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        ServiceRegistries: [{ RegistryArn: { 'Fn::GetAtt': ['Name', 'Arn'] } }],
      },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Key: 'fn.zip' },
        Handler: 'handler.handler',
        Runtime: 'nodejs24.x',
        Environment: { Variables },
      },
    },
  },
  Outputs: { KeySecret: { Value: { Ref: 'Key' } } },
};

let assetDirectory: string;
let cloud: LocalCloud | null = null;
let services: StartedServices | null = null;

beforeAll(() => {
  assetDirectory = mkdtempSync(join(tmpdir(), 'local-services-'));
  const bundle = join(assetDirectory, 'asset.image/build/functions/host');
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, 'main.mjs'), service);
  mkdirSync(join(assetDirectory, 'asset.fn'));
  writeFileSync(join(assetDirectory, 'asset.fn/handler.mjs'), 'export const handler = async () => {};');
});
afterEach(async () => {
  await cloud?.close();
  cloud = null;
});
afterAll(() => rmSync(assetDirectory, { recursive: true }));

async function start(options: Partial<LocalCloudOptions>): Promise<LocalCloud> {
  cloud = await startLocalCloud({
    template,
    assetDirectory,
    port: 0,
    dataDirectory: ':memory:',
    ...options,
    variables(started) {
      services = started;
      return options.variables?.(started) ?? {};
    },
  });
  return cloud;
}

interface Answer {
  pid: number;
  environment: Record<string, string>;
}

async function ask(): Promise<Answer> {
  const address = services?.addresses.get('host.inside.internal:8080');
  return (await (await fetch(`http://${address}/`)).json()) as Answer;
}

const environmentOf = (running: LocalCloud) =>
  running.functions.find(running.stack.namesOf('Fn').ref)?.environment ?? {};

test('a service is a process with its own environment and the secret that functions have', async () => {
  process.env.NOBODYS_BUSINESS = 'x';
  const running = await start({ serviceEnvironment: { EXTRA: 'y' } });

  const { environment } = await ask();

  expect(environment).toMatchObject({ EXTRA: 'y', HOST_API_KEY: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(environment).not.toHaveProperty('NOBODYS_BUSINESS');
  expect(environmentOf(running).HOST_API_KEY).toBe(environment.HOST_API_KEY);
  expect(environmentOf(running).HOST_URL).toBe(`http://127.0.0.1:${environment.PORT}/x`);
});

test('a service that dies is started again at the same address', async () => {
  await start({ serviceEnvironment: {} });
  const before = await ask();
  await fetch(`http://127.0.0.1:${before.environment.PORT}/die`).catch(() => {});

  const after = await eventually(() => ask().catch(() => undefined));

  expect(after.pid).not.toBe(before.pid);
});

test('the end of the local cloud is the end of a service that will not go, and of what it started', async () => {
  await start({ serviceEnvironment: {} });
  const { pid } = await ask();
  const [child] = descendants(pid);
  expect(child).toBeDefined();

  await cloud?.close();

  const alive = descendants(0).map((process) => process.pid);
  expect(alive).toContain(process.pid);
  expect(alive).not.toContain(pid);
  expect(alive).not.toContain(child?.pid);
}, 20_000);

test('a service that can not start is a reason, and the rest runs', async () => {
  const running = await start({
    serviceEnvironment: { BROKEN: '1' },
    variables: ({ problems }) => ({ MODE: `without: ${[...problems.values()].join()}` }),
  });

  expect(services?.addresses.size).toBe(0);
  expect(environmentOf(running).MODE).toBe('without: it ended with status 3: no isolation here');
});

test('without an environment for services none is started', async () => {
  const running = await start({});

  expect(services?.addresses.size).toBe(0);
  expect(environmentOf(running)).toMatchObject({
    HOST_URL: 'http://host.inside.internal:8080/x',
    MODE: 'from the template',
  });
});

test('a secret has the text that it was given, for whoever asks by its ARN', async () => {
  const running = await start({ secrets: { KeySecret: 'given' } });
  const client = new SecretsManagerClient(clientOf(running.endpoints.secretsManager));
  const SecretId = running.output('KeySecret');

  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));

  expect(SecretString).toBe('given');
  await expect(client.send(new GetSecretValueCommand({ SecretId: `${SecretId}x` }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(running.calls()).toContainEqual(
    expect.objectContaining({ service: 'secretsmanager', operation: 'GetSecretValue', errors: 0, calls: 1 }),
  );
});
