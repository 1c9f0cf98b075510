import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadStack } from '../../local/template/load-stack.ts';
import { type Json, readTemplate, type Template } from '../../local/template/template.ts';
import { TemplateError } from '../../local/template/template-error.ts';
import { buildFixture, startFixture } from './support/fixture-cloud.ts';

const context = { stackName: 'stack', sqsEndpoint: 'http://127.0.0.1:4000' };
const FUNCTION = 'AWS::Lambda::Function';

/** The value that an environment variable of a function has in a template. */
function resolve(value: Json, rest: Partial<Template> = {}): unknown {
  const { Resources, ...sections } = rest;
  const stack = loadStack(
    {
      ...sections,
      Resources: {
        ...Resources,
        Fn: { Type: FUNCTION, Properties: { Environment: { Variables: { V: value } } } },
      },
    },
    context,
  );
  const { Environment } = stack.ofType(FUNCTION)[0]?.properties ?? {};
  return (Environment as { Variables: Record<string, unknown> }).Variables.V;
}
const problemsOf = (load: () => unknown): string[] => {
  try {
    load();
  } catch (error) {
    if (error instanceof TemplateError) {
      return error.problems.map(({ logicalId, property, message }) => `${logicalId} ${property}: ${message}`);
    }
    throw error;
  }
  return [];
};

describe('an intrinsic is resolved', () => {
  const Resources = {
    Queue: { Type: 'AWS::SQS::Queue' },
    Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'named' } },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Bucket: { Type: 'AWS::S3::Bucket' },
  };
  const Parameters = { Size: { Type: 'String', Default: 'small' } };
  const Mappings = { Map: { first: { second: 'mapped' } } };
  const Conditions = {
    Yes: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Either: { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'No' }, { Condition: 'Yes' }] },
  };

  test.each<[Json, unknown]>([
    [{ Ref: 'Queue' }, 'http://127.0.0.1:4000/000000000000/stack-Queue'],
    [{ Ref: 'Table' }, 'stack-Table'],
    [{ Ref: 'Bucket' }, 'stack-bucket'],
    [{ Ref: 'Size' }, 'small'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::NoValue' }, undefined],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:stack-Queue'],
    [{ 'Fn::GetAtt': 'Named.QueueName' }, 'named'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-small'],
    [{ 'Fn::Sub': `\${Size}/\${Queue.QueueName}/\${!Literal}` }, `small/stack-Queue/\${Literal}`],
    [{ 'Fn::Sub': [`\${Own}`, { Own: { Ref: 'Size' } }] }, 'small'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['.', 'a.b'] }] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'local-a'],
    [{ 'Fn::FindInMap': ['Map', 'first', 'second'] }, 'mapped'],
    [{ 'Fn::Base64': 'x' }, 'eA=='],
    [{ 'Fn::If': ['Yes', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['No', 'yes', { Ref: 'AWS::NoValue' }] }, undefined],
    [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
  ])('%j', (value, expected) => {
    expect(resolve(value, { Resources, Parameters, Mappings, Conditions })).toEqual(expected);
  });

  test('a resource whose condition does not hold is not there', () => {
    const template = {
      Conditions,
      Parameters,
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'No' }, Other: { Type: 'AWS::SQS::Queue' } },
    };

    expect(
      loadStack(template, context)
        .ofType('AWS::SQS::Queue')
        .map(({ logicalId }) => logicalId),
    ).toEqual(['Other']);
  });
});

describe('an intrinsic that cannot be resolved stops the start', () => {
  test.each<[Json, RegExp]>([
    [{ Ref: 'Nothing' }, /Ref Nothing names nothing/],
    [{ Ref: 'FromSsm' }, /Ref FromSsm names nothing/],
    [{ 'Fn::GetAtt': ['Fn', 'Nothing'] }, /Fn::GetAtt Fn.Nothing isn't known/],
    [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue isn't supported; supported: Condition, Fn::And/],
    [{ 'Fn::Sub': `\${Nothing}` }, /Ref Nothing/],
    [{ 'Fn::Select': [3, ['a']] }, /out of range/],
    ['{{resolve:secretsmanager:x}}', /dynamic reference/],
    [{ 'Fn::If': ['Unknown', 'a', 'b'] }, /condition Unknown isn't declared/],
  ])('%j', (value, message) => {
    const Parameters = { FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/path' } };

    const problems = problemsOf(() => resolve(value, { Parameters }));

    expect(problems).toEqual([expect.stringMatching(/^Fn Environment: /)]);
    expect(problems[0]).toMatch(message);
  });
});

describe('a property is', () => {
  const load = (Type: string, Properties: Record<string, Json>) => () =>
    loadStack({ Resources: { It: { Type, Properties } } }, context);

  test.each<[string, string, Record<string, Json>, RegExp]>([
    [
      'unknown',
      'AWS::SQS::Queue',
      { ContentBased: true },
      /^It ContentBased: isn't supported; supported here: DelaySeconds, /,
    ],
    [
      'unknown inside another',
      FUNCTION,
      { Environment: { Secrets: {} } },
      /^It Environment.Secrets: isn't supported; supported here: Variables/,
    ],
    [
      'of a value that is not honoured',
      FUNCTION,
      { Runtime: 'python3.13' },
      /^It Runtime: "python3.13" isn't supported; supported: \["nodejs24.x"\]/,
    ],
    [
      'of another billing mode',
      'AWS::DynamoDB::Table',
      { BillingMode: 'PROVISIONED' },
      /BillingMode: "PROVISIONED"/,
    ],
    [
      'unknown in a list',
      'AWS::ApiGateway::Stage',
      { MethodSettings: [{ CacheTtlInSeconds: 1 }] },
      /^It MethodSettings\[0\].CacheTtlInSeconds:/,
    ],
    [
      'an integration of another type',
      'AWS::ApiGateway::Method',
      { Integration: { Type: 'HTTP' } },
      /^It Integration.Type: "HTTP"/,
    ],
    [
      'an authorizer of another type',
      'AWS::ApiGateway::Authorizer',
      { Type: 'COGNITO_USER_POOLS' },
      /^It Type: "COGNITO_USER_POOLS"/,
    ],
    [
      'a stream of a table',
      'AWS::DynamoDB::GlobalTable',
      { StreamSpecification: {} },
      /^It StreamSpecification:/,
    ],
    ['a FIFO queue', 'AWS::SQS::Queue', { FifoQueue: true }, /^It FifoQueue: true/],
  ])('%s: refused', (_, type, properties, message) => {
    const problems = problemsOf(load(type, properties));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  test('inert: accepted, whatever it refers to', () => {
    expect(
      problemsOf(load('AWS::IAM::Role', { AssumeRolePolicyDocument: { 'Fn::ImportValue': 'x' } })),
    ).toEqual([]);
  });

  test('of an unknown type or section: refused, all of it in one message', () => {
    const template = {
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Cluster: { Type: 'AWS::EKS::Cluster' },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { X: 1 } },
      },
    };

    expect(() => loadStack(template, context)).toThrow(
      /Transform \(template section\).*\n.*Cluster \(AWS::EKS::Cluster\) the type isn't supported.*\n.*Queue \(AWS::SQS::Queue\) X: /,
    );
  });
});

describe('starting the fixture is refused when', () => {
  let fixture: Template;
  beforeAll(async () => {
    fixture = await readTemplate(buildFixture().templateFile);
  });
  const ofType = (type: string) =>
    Object.entries(fixture.Resources).find(
      ([id, { Type }]) => Type === type && !id.startsWith('DeadLetters'),
    )?.[0] ?? '';
  const changed = (type: string, properties: Record<string, Json>) => (template: Template) => {
    const id = ofType(type);
    const resource = template.Resources[id];
    const Properties = { ...resource?.Properties, ...properties };
    return {
      ...template,
      Resources: { ...template.Resources, [id]: { Type: type, ...resource, Properties } },
    };
  };
  const added = (Type: string, Properties: Record<string, Json>) => (template: Template) => ({
    ...template,
    Resources: { ...template.Resources, Added: { Type, Properties } },
  });
  const RestApiId = 'x';
  const mock = { Type: 'MOCK', RequestTemplates: { 'application/json': '#set($x = 1)' } };

  test.each<[string, () => (template: Template) => Template, RegExp]>([
    [
      'a gateway response uses an unknown variable',
      () =>
        added('AWS::ApiGateway::GatewayResponse', {
          RestApiId,
          ResponseType: 'THROTTLED',
          ResponseTemplates: { 'application/json': '$context.authorizer.x' },
        }),
      /Added .*ResponseTemplates.application\/json: \$context.authorizer.x isn't supported; supported: \$context.error.messageString/,
    ],
    [
      'a gateway response has an unknown type',
      () => added('AWS::ApiGateway::GatewayResponse', { RestApiId, ResponseType: 'TEAPOT' }),
      /TEAPOT is no gateway response type/,
    ],
    [
      'a mock integration computes its answer',
      () =>
        added('AWS::ApiGateway::Method', {
          RestApiId,
          ResourceId: 'x',
          HttpMethod: 'GET',
          Integration: mock,
        }),
      /a MOCK integration must have/,
    ],
    [
      'a model is no JSON schema',
      () => changed('AWS::ApiGateway::Model', { Schema: { type: 'nonsense' } }),
      /AWS::ApiGateway::Model\) Schema: /,
    ],
    [
      'an identity source is unknown',
      () => changed('AWS::ApiGateway::Authorizer', { IdentitySource: 'context.identity.sourceIp' }),
      /IdentitySource: context.identity.sourceIp isn't supported/,
    ],
    [
      'a queue is invisible for less time than its function may take',
      () => changed('AWS::SQS::Queue', { VisibilityTimeout: 1 }),
      /queue visibility timeout: 1 seconds is less than function timeout: 2 seconds/,
    ],
    [
      'a method has an authorizer that is not there',
      () =>
        added('AWS::ApiGateway::Method', {
          RestApiId,
          ResourceId: 'x',
          HttpMethod: 'GET',
          AuthorizationType: 'CUSTOM',
          AuthorizerId: 'gone',
          Integration: { Type: 'AWS_PROXY', Uri: 'x' },
        }),
      /AuthorizerId: gone is no authorizer of this template\n.*Integration.Uri: x names no function/,
    ],
    [
      'a batch is large without a window',
      () => changed('AWS::Lambda::EventSourceMapping', { BatchSize: 100 }),
      /MaximumBatchingWindowInSeconds: must be at least 1/,
    ],
    [
      'a schedule is a cron expression',
      () => added('AWS::Events::Rule', { ScheduleExpression: 'cron(0 * * * ? *)' }),
      /cron\(0 \* \* \* \? \*\) isn't supported/,
    ],
  ])('%s', async (_, change, message) => {
    const starting = startFixture({ change: change() }).then((cloud) => cloud.close());

    await expect(starting).rejects.toThrow(message);
  });
});
