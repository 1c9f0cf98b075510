import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CordonStack } from '../../infra/cordon-stack.ts';

const everything = { stage: 'prod', lanes: ['wasm', 'e2b', 'gvisor'], e2bPlan: 'hobby' } as const;

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

let template: Template;
let resources: [string, Resource][];

beforeAll(() => {
  const stack = new CordonStack(new App(), 'Test', everything);
  template = Template.fromStack(stack);
  resources = Object.entries(template.toJSON().Resources);
});

function ofType(type: string): [string, Resource][] {
  return resources.filter(([, resource]) => resource.Type === type);
}

/** Everything that the function's own role may do, as `action` strings; log rights left out. */
function rightsOf(functionName: string): string[] {
  const [, lambda] = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(functionName)) ?? [];
  const roleId = JSON.stringify(lambda?.Properties.Role).split('"')[3] ?? '';
  return ofType('AWS::IAM::Policy')
    .filter(([, policy]) => JSON.stringify(policy.Properties.Roles).includes(`"${roleId}"`))
    .flatMap(
      ([, policy]) =>
        (policy.Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement,
    )
    .flatMap((statement) => [statement.Action].flat().map((action) => `${statement.Effect} ${action}`))
    .filter((right) => !right.startsWith('Allow logs:'))
    .sort();
}

/** A right on the queue of each lane. */
const onEachLane = (...actions: string[]) => actions.flatMap((action) => [action, action, action]);

test.each([
  ['authorize', ['dynamodb:GetItem', 'dynamodb:PutItem']],
  [
    'submitexecution',
    [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      's3:GetObject',
      's3:PutObject',
      ...onEachLane('sqs:SendMessage'),
    ],
  ],
  [
    'readexecutions',
    [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      's3:GetObject',
    ],
  ],
  [
    'cancelexecution',
    ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:UpdateItem', 's3:GetObject', 'sqs:SendMessage'],
  ],
  [
    'callbacksdelivercallback',
    [
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
      's3:GetObject',
      'secretsmanager:GetSecretValue',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
  ],
  [
    'settledeadletter',
    [
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
      'dynamodb:UpdateItem',
      ...onEachLane(
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ),
      'sqs:SendMessage',
    ],
  ],
  [
    'reconcilerreconcileexecutions',
    [
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'dynamodb:UpdateItem',
      ...onEachLane('sqs:SendMessage'),
      'sqs:SendMessage',
    ],
  ],
  [
    'admin',
    [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'secretsmanager:GetSecretValue',
    ],
  ],
])('%s may do just what it does', (name, rights) => {
  expect(rightsOf(name)).toEqual(rights.map((right) => `Allow ${right}`));
});

test('the code in sandbox-wasm is denied everything', () => {
  expect(rightsOf('sandboxwasm').filter((right) => right.startsWith('Deny'))).toEqual(['Deny *']);
  expect(rightsOf('sandboxwasm').filter((right) => !/^(Deny \*|Allow ec2:)/.test(right))).toEqual([]);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { ArnEquals: { 'lambda:SourceFunctionArn': Match.anyValue() } },
        },
      ],
    },
  });
});

test('sandbox-wasm has no way out and shares no environment between tenants', () => {
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  template.resourceCountIs('AWS::EC2::Route', 0);
  for (const [, { Properties }] of ofType('AWS::EC2::VPCEndpoint')) {
    expect(JSON.stringify(Properties.VpcId)).not.toContain('sandboxwasm');
  }
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
    VpcConfig: Match.anyValue(),
    Environment: Match.absent(),
  });
});

test('every function is arm64 on Node 24 with its own log group, kept a month', () => {
  for (const [, lambda] of ofType('AWS::Lambda::Function')) {
    expect(lambda.Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' });
    expect(lambda.Properties.LoggingConfig).toMatchObject({ LogGroup: expect.anything() });
  }
  const logGroups = ofType('AWS::Logs::LogGroup');
  expect(logGroups).toHaveLength(ofType('AWS::Lambda::Function').length + ofType('AWS::ECS::Service').length);
  for (const [, group] of logGroups) expect(group.Properties.RetentionInDays).toBe(30);
});

test('timeouts nest: sandbox, executor, queue visibility', () => {
  const timeoutOf = (name: string) =>
    ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(name))?.[1].Properties.Timeout as number;
  const visibilities = ofType('AWS::SQS::Queue').map(
    ([, queue]) => queue.Properties.VisibilityTimeout as number,
  );

  expect(timeoutOf('sandboxwasm')).toBeGreaterThan(60);
  expect(timeoutOf('wasmlaneexecutor')).toBeGreaterThan(timeoutOf('sandboxwasm'));
  for (const visibility of visibilities) expect(visibility).toBeGreaterThan(timeoutOf('wasmlaneexecutor'));
});

test('the lane redrives to a dead-letter queue and limits its concurrency', () => {
  template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 9 } });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 50 },
  });
});

test('everything stored is encrypted, private and kept', () => {
  for (const [, queue] of ofType('AWS::SQS::Queue')) expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
  for (const [, table] of ofType('AWS::DynamoDB::GlobalTable')) {
    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.Properties.Replicas).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
  }
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: Match.anyValue(),
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
  });
});

test.each([1, 7, 30, 90, 365])(
  'blobs of executions that are kept for %d days go a day after them',
  (days) => {
    const rules = ['programs', 'outputs', 'artifacts'].map((kind) =>
      Match.objectLike({ Prefix: `${kind}/${days}d/`, ExpirationInDays: days + 1, Status: 'Enabled' }),
    );
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith(rules.map((rule) => rule)) },
    });
  },
);

test('the executions table expires its records and lists by tenant and time', () => {
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    TimeToLiveSpecification: { AttributeName: 'expiresAtSeconds', Enabled: true },
    GlobalSecondaryIndexes: [
      Match.objectLike({
        IndexName: 'by-tenant',
        KeySchema: [
          { AttributeName: 'tenant', KeyType: 'HASH' },
          { AttributeName: 'id', KeyType: 'RANGE' },
        ],
      }),
      Match.objectLike({ IndexName: 'open', Projection: { ProjectionType: 'KEYS_ONLY' } }),
      Match.objectLike({ IndexName: 'owed-callbacks', Projection: { ProjectionType: 'KEYS_ONLY' } }),
    ],
  });
});

test('lost executions are repaired every five minutes, with an alarm that names its page', () => {
  const rule = ofType('AWS::Events::Rule').find(([id]) => id.startsWith('reconcilerschedule'))?.[1];
  expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
  const alarm = ofType('AWS::CloudWatch::Alarm').find(([id]) => id.startsWith('reconciler'))?.[1];
  const description = String(alarm?.Properties.AlarmDescription);
  expect(existsSync(/docs\/\S+\.md/.exec(description)?.[0] ?? '')).toBe(true);
  const metricNames = JSON.stringify(alarm?.Properties.Metrics);
  for (const name of ['ExecutionsResent', 'ExecutionsFailedByReconciler', 'Errors'])
    expect(metricNames).toContain(`"${name}"`);
  expect(metricNames).toContain('{"Name":"service","Value":"reconcile-executions"}');
});

test('callbacks that nobody sends are sent every minute', () => {
  const rule = ofType('AWS::Events::Rule').find(([id]) => id.startsWith('reconcilercallbacks'))?.[1];
  expect(rule?.Properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    Targets: [expect.objectContaining({ Input: '{"task":"send-callbacks"}' })],
  });
});

test('callbacks go to the public internet alone, from outside of every network of ours', () => {
  const deliver = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('callbacksdeliver'))?.[1];
  expect(deliver?.Properties).toMatchObject({ Environment: { Variables: { CALLBACK_TARGETS: 'public' } } });
  expect(deliver?.Properties).not.toHaveProperty('VpcConfig');
  const submit = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('submitexecution'))?.[1];
  expect(submit?.Properties).toMatchObject({ Environment: { Variables: { CALLBACK_TARGETS: 'public' } } });
  template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 3 } });
});

test('the key of callbacks is made up by AWS and outlives the stack', () => {
  const [, key] = ofType('AWS::SecretsManager::Secret').find(([id]) => id.startsWith('callbacks')) ?? [];
  expect(key?.Properties).toMatchObject({ GenerateSecretString: { PasswordLength: 64 } });
  expect(key?.Properties).not.toHaveProperty('SecretString');
  expect(key?.DeletionPolicy).toBe('Retain');
});

test('every route needs a key and is throttled', () => {
  for (const [, method] of ofType('AWS::ApiGateway::Method')) {
    expect(method.Properties).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: expect.anything() });
  }
  template.hasResourceProperties('AWS::ApiGateway::Authorizer', { AuthorizerResultTtlInSeconds: 30 });
  template.hasResourceProperties('AWS::ApiGateway::Stage', {
    MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 })],
  });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', {
    EndpointConfiguration: { Types: ['REGIONAL'] },
  });
});

test('a development stage leaves nothing behind', () => {
  const dev = Template.fromStack(new CordonStack(new App(), 'Dev', { ...everything, stage: 'dev' }));
  for (const table of Object.values(dev.findResources('AWS::DynamoDB::GlobalTable'))) {
    expect(table.DeletionPolicy).toBe('Delete');
  }
});
