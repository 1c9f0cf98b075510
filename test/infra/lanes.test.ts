import { beforeAll, describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { readLanes } from '../../infra/config.ts';
import { CordonStack } from '../../infra/cordon-stack.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

function synthesize(lanes: string): Template {
  const props = { stage: 'prod', lanes: readLanes(lanes), e2bPlan: 'pro' } as const;
  return Template.fromStack(new CordonStack(new App(), 'Test', props));
}

let template: Template;
beforeAll(() => {
  template = synthesize('wasm,e2b,gvisor');
});

function ofType(type: string): [string, Resource][] {
  return Object.entries(template.toJSON().Resources as Record<string, Resource>).filter(
    ([, resource]) => resource.Type === type,
  );
}

function only(type: string, prefix = ''): Record<string, unknown> {
  const found = ofType(type).filter(([id]) => id.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties ?? {};
}

/** What policies allow the role to do, as `action resource`; log rights left out. */
function rightsOf(rolePrefix: string): string[] {
  const statements = ofType('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(`"Ref":"${rolePrefix}`))
    .flatMap(
      ([, { Properties }]) =>
        (Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement,
    );
  return statements
    .flatMap(({ Action }) => [Action].flat().map(String))
    .filter((action) => !action.startsWith('logs:'))
    .sort();
}

const storage = [
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'dynamodb:UpdateItem',
  's3:GetObject',
  's3:PutObject',
];
const settings = 'dynamodb:GetItem';
const queue = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const networkInterface = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

test.each([
  ['wasm', [...storage, settings, 'lambda:InvokeFunction', ...queue, 'sqs:SendMessage']],
  [
    'e2b',
    [
      ...storage,
      settings,
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      ...queue,
      'sqs:SendMessage',
      'sqs:SendMessage',
    ],
  ],
  ['gvisor', [...storage, settings, ...networkInterface, ...queue]],
])('the executor of the %s lane may do just what it does', (lane, rights) => {
  expect(rightsOf(`${lane}laneexecutor`)).toEqual([...rights].sort());
});

test('what E2B was left with is swept every five minutes, with rights to read alone', () => {
  expect(rightsOf('e2blanesweep')).toEqual([
    'dynamodb:GetItem',
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue',
  ]);
  expect(only('AWS::Events::Rule', 'e2blanesweep')).toMatchObject({
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
  });
});

test('each lane has a queue, dead letters that it redrives to, and an executor with its own concurrency', () => {
  const concurrencies = { wasm: 50, e2b: 100, gvisor: 16 };
  for (const [lane, MaximumConcurrency] of Object.entries(concurrencies)) {
    only('AWS::SQS::Queue', `${lane}lanequeue`);
    only('AWS::SQS::Queue', `${lane}lanedeadletters`);
    expect(only('AWS::Lambda::EventSourceMapping', `${lane}laneexecutor`)).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency },
    });
  }
});

test('only the executor of the e2b lane can hand over, and only to gvisor', () => {
  const variables = (lane: string) => {
    const { Environment } = only('AWS::Lambda::Function', `${lane}laneexecutor`);
    return (Environment as { Variables: Record<string, unknown> }).Variables;
  };
  expect(variables('e2b').GVISOR_QUEUE_URL).toEqual({ Ref: expect.stringMatching(/^gvisorlanequeue/) });
  for (const lane of ['wasm', 'gvisor']) expect(variables(lane)).not.toHaveProperty('GVISOR_QUEUE_URL');
});

describe('the network of the gvisor lane', () => {
  test('has no way out: no gateway, no NAT, no route, no public address, no load balancer', () => {
    for (const type of [
      'AWS::EC2::InternetGateway',
      'AWS::EC2::NatGateway',
      'AWS::EC2::EgressOnlyInternetGateway',
      'AWS::EC2::Route',
      'AWS::EC2::EIP',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ]) {
      template.resourceCountIs(type, 0);
    }
    for (const [, { Properties }] of ofType('AWS::EC2::Subnet')) {
      expect(Properties.MapPublicIpOnLaunch).toBe(false);
    }
    expect(only('AWS::ECS::Service').NetworkConfiguration).toMatchObject({
      AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' },
    });
  });

  test('has free endpoints for our tables, blobs and image layers alone, and paid ones in one zone', () => {
    const endpoints = ofType('AWS::EC2::VPCEndpoint').map(([, { Properties }]) => Properties);
    const ofKind = (kind: string) => endpoints.filter(({ VpcEndpointType }) => VpcEndpointType === kind);

    expect(
      ofKind('Interface')
        .map(({ ServiceName }) => JSON.stringify(ServiceName))
        .sort(),
    ).toEqual([
      expect.stringContaining('.ecr.api'),
      expect.stringContaining('.ecr.dkr'),
      expect.stringContaining('.logs'),
    ]);
    const ofGateways = JSON.stringify(ofKind('Gateway').map(({ PolicyDocument }) => PolicyDocument));
    for (const action of ['dynamodb:UpdateItem', 'dynamodb:GetItem', 's3:PutObject'])
      expect(ofGateways).toContain(action);
    for (const { SubnetIds } of ofKind('Interface')) expect(SubnetIds).toHaveLength(1);
    expect(ofKind('Gateway')).toHaveLength(2);
    for (const { PolicyDocument } of ofKind('Gateway')) {
      const { Statement } = PolicyDocument as {
        Statement: { Action: string | string[]; Resource: unknown }[];
      };
      for (const { Action, Resource } of Statement) {
        expect(JSON.stringify(Action)).not.toContain('*');
        expect(JSON.stringify(Resource)).toMatch(/tables|blobs|starport-layer-bucket/);
      }
    }
  });

  test('admits only executors to the hosts, and only hosts to the paid endpoints', () => {
    const ingress = ofType('AWS::EC2::SecurityGroupIngress').map(([, { Properties }]) => Properties);
    const groups = (value: unknown) =>
      JSON.stringify(value).match(/gvisorlanenetwork(\w+?)[0-9A-F]{8}"/)?.[1];

    expect(
      ingress.map(({ GroupId, SourceSecurityGroupId, FromPort, ToPort }) => [
        groups(SourceSecurityGroupId),
        groups(GroupId),
        FromPort,
        ToPort,
      ]),
    ).toEqual([
      ['executors', 'hosts', 8080, 8080],
      ['hosts', 'endpoints', 443, 443],
    ]);
    for (const [, { Properties }] of ofType('AWS::EC2::SecurityGroup')) {
      expect(Properties.SecurityGroupIngress).toBeUndefined();
    }
    expect(only('AWS::Lambda::Function', 'gvisorlaneexecutor').VpcConfig).toMatchObject({
      SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^gvisorlanenetworkexecutors/), 'GroupId'] }],
    });
  });
});

describe('the sandbox hosts', () => {
  test('have a role without rights, and start with one that can only fetch the image and write their log', () => {
    expect(rightsOf('gvisorlanehoststaskTaskRole')).toEqual([]);
    const { ManagedPolicyArns, Policies } = only('AWS::IAM::Role', 'gvisorlanehoststaskTaskRole');
    expect([ManagedPolicyArns, Policies]).toEqual([undefined, undefined]);
    expect(rightsOf('gvisorlanehoststaskExecutionRole')).toEqual([
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
    ]);
  });

  test('add SYS_PTRACE alone and give up what no launcher needs', () => {
    const { ContainerDefinitions, RequiresCompatibilities, NetworkMode, RuntimePlatform } =
      only('AWS::ECS::TaskDefinition');

    expect({ RequiresCompatibilities, NetworkMode, RuntimePlatform }).toEqual({
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
    });
    expect(ContainerDefinitions).toHaveLength(1);
    const [container] = ContainerDefinitions as Record<string, unknown>[];
    expect(container).toMatchObject({
      LinuxParameters: {
        InitProcessEnabled: true,
        Capabilities: {
          Add: ['SYS_PTRACE'],
          Drop: [
            'NET_RAW',
            'MKNOD',
            'AUDIT_WRITE',
            'SETFCAP',
            'NET_BIND_SERVICE',
            'FSETID',
            'FOWNER',
            'DAC_OVERRIDE',
          ],
        },
      },
      User: '0:0',
      StopTimeout: 120,
    });
    expect(container).not.toHaveProperty('Privileged');
  });

  test('carry no secret in the template', () => {
    const { ContainerDefinitions } = only('AWS::ECS::TaskDefinition');
    const [{ Environment = [] } = {}] = ContainerDefinitions as {
      Environment?: { Name: string; Value: unknown }[];
    }[];
    expect(only('AWS::SecretsManager::Secret', 'e2blane').SecretString).toBe('unset');
    const key = Environment.find(({ Name }) => Name === 'HOST_API_KEY');
    expect(JSON.stringify(key)).toContain('{{resolve:secretsmanager:');
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: Match.objectLike({ PasswordLength: 40 }),
    });
  });

  test('scale with the depth of the lane, from none to the most', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 0,
      MaxCapacity: 4,
    });
    const policies = ofType('AWS::ApplicationAutoScaling::ScalingPolicy').map(
      ([, { Properties }]) => Properties.StepScalingPolicyConfiguration,
    );
    expect(policies).toEqual([
      expect.objectContaining({
        AdjustmentType: 'ExactCapacity',
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 4, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 4, MetricIntervalUpperBound: 8, ScalingAdjustment: 2 },
          { MetricIntervalLowerBound: 8, MetricIntervalUpperBound: 12, ScalingAdjustment: 3 },
          { MetricIntervalLowerBound: 12, ScalingAdjustment: 4 },
        ],
      }),
      expect.objectContaining({
        AdjustmentType: 'ExactCapacity',
        StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: 0 }],
      }),
    ]);
    // A fleet that scales is not set back by a deployment.
    expect(only('AWS::ECS::Service')).not.toHaveProperty('DesiredCount');
  });

  test('are found by one name for all of them, which the executor is given', () => {
    expect(only('AWS::ServiceDiscovery::PrivateDnsNamespace').Name).toBe('cordon.internal');
    expect(only('AWS::ServiceDiscovery::Service')).toMatchObject({ Name: 'sandbox-host' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ SANDBOX_HOST_URL: 'http://sandbox-host.cordon.internal:8080' }),
      },
    });
  });
});

describe('a deployment can leave lanes out', () => {
  test('wasm alone has nothing that costs money while it is idle but the key of the callbacks', () => {
    const small = synthesize('wasm');
    for (const type of ['AWS::EC2::VPCEndpoint', 'AWS::ECS::Service']) small.resourceCountIs(type, 0);
    small.resourceCountIs('AWS::SecretsManager::Secret', 1);
    small.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BACKENDS: 'wasm' }) },
    });
  });

  test('e2b without gvisor has no lane to hand over to', () => {
    const small = synthesize('wasm,e2b');
    small.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BACKEND: 'e2b', GVISOR_QUEUE_URL: Match.absent() }) },
    });
  });

  test('unless told, a deployment has what needs no key, no image and nothing while idle', () => {
    expect(readLanes(undefined)).toEqual(['wasm']);
  });

  test.each(['', 'docker', 'wasm,', 'wasm e2b'])('%j names no lanes', (value) => {
    expect(() => readLanes(value)).toThrow();
  });
});

test('who reads settings or adds to the audit has nothing else of the control table, such as keys', () => {
  const statements = ofType('AWS::IAM::Policy').flatMap(
    ([, { Properties }]) => (Properties.PolicyDocument as { Statement: { Condition?: object }[] }).Statement,
  );
  const conditions = statements.flatMap(({ Condition }) => JSON.stringify(Condition ?? {}));
  const ofSettings = conditions.filter((condition) => condition.includes('LeadingKeys'));
  expect(new Set(ofSettings)).toEqual(
    new Set(
      [
        { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['settings'] } },
        { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['settings', 'policy'] } },
        { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['audit#*'] } },
      ].map((condition) => JSON.stringify(condition)),
    ),
  );
  expect(ofSettings).toHaveLength(9);
});
