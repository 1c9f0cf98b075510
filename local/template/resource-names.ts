import { createHash } from 'node:crypto';

/** The region, account and stack that every local name and ARN carries. */
export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

export interface NamingContext {
  readonly stackName: string;
  /** Where queues answer, e.g. `http://127.0.0.1:4100`. */
  readonly sqsEndpoint: string;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface ResourceNames {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${resource}`;
const idOf = (prefix: string, logicalId: string): string =>
  `${prefix}-${createHash('sha256').update(logicalId).digest('hex').slice(0, 17)}`;

/** The physical name: the template's own, or one made of stack and logical id, the same at every start. */
function physicalName(explicit: unknown, context: NamingContext, logicalId: string, longest: number): string {
  if (typeof explicit === 'string') return explicit;
  const name = `${context.stackName}-${logicalId}`;
  if (name.length <= longest) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - 9)}-${hash}`;
}

type Namer = (
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
  context: NamingContext,
) => ResourceNames;

const plain =
  (prefix: string, ...attributes: string[]): Namer =>
  (logicalId) => {
    const id = idOf(prefix, logicalId);
    return { ref: id, attributes: Object.fromEntries(attributes.map((name) => [name, id])) };
  };

const table: Namer = (logicalId, properties, context) => {
  const name = physicalName(properties.TableName, context, logicalId, 255);
  return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`), TableId: name } };
};

const role: Namer = (logicalId, properties, context) => {
  const name = physicalName(properties.RoleName, context, logicalId, 64);
  const id = `arn:aws:iam::${LOCAL_ACCOUNT}:role/${name}`;
  return { ref: name, attributes: { Arn: id, RoleId: name } };
};

const NAMERS: Readonly<Record<string, Namer>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (logicalId, properties, context) => {
    const name = physicalName(properties.QueueName, context, logicalId, 80);
    const url = `${context.sqsEndpoint}/${LOCAL_ACCOUNT}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::S3::Bucket': (logicalId, properties, context) => {
    const name = physicalName(properties.BucketName, context, logicalId, 63).toLowerCase();
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: `${name}.s3.amazonaws.com` } };
  },
  'AWS::Lambda::Function': (logicalId, properties, context) => {
    const name = physicalName(properties.FunctionName, context, logicalId, 64);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  'AWS::IAM::Role': role,
  'AWS::IAM::ManagedPolicy': (logicalId, _, context) => {
    const name = `arn:aws:iam::${LOCAL_ACCOUNT}:policy/${context.stackName}-${logicalId}`;
    return { ref: name, attributes: { PolicyArn: name } };
  },
  'AWS::SecretsManager::Secret': (logicalId, properties, context) => {
    const id = arn('secretsmanager', `secret:${physicalName(properties.Name, context, logicalId, 512)}`);
    return { ref: id, attributes: { Id: id } };
  },
  'AWS::ECS::Cluster': (logicalId, _, context) => {
    const name = `${context.stackName}-${logicalId}`;
    return { ref: name, attributes: { Arn: arn('ecs', `cluster/${name}`) } };
  },
  'AWS::ECS::TaskDefinition': (logicalId, _, context) => {
    const id = arn('ecs', `task-definition/${context.stackName}-${logicalId}:1`);
    return { ref: id, attributes: { TaskDefinitionArn: id } };
  },
  'AWS::ECS::Service': (logicalId, _, context) => {
    const name = `${context.stackName}-${logicalId}`;
    const id = arn('ecs', `service/${name}`);
    return { ref: id, attributes: { ServiceArn: id, Name: name } };
  },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': plain('ns', 'Id', 'Arn', 'HostedZoneId'),
  'AWS::ServiceDiscovery::Service': plain('srv', 'Id', 'Arn', 'Name'),
  'AWS::Logs::LogGroup': (logicalId, properties, context) => {
    const name = physicalName(properties.LogGroupName, context, logicalId, 512);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  'AWS::EC2::VPC': plain('vpc', 'VpcId', 'CidrBlock', 'DefaultSecurityGroup', 'DefaultNetworkAcl'),
  'AWS::EC2::Subnet': plain('subnet', 'SubnetId', 'AvailabilityZone', 'CidrBlock', 'VpcId'),
  'AWS::EC2::RouteTable': plain('rtb', 'RouteTableId'),
  'AWS::EC2::SecurityGroup': plain('sg', 'GroupId', 'VpcId', 'Id'),
  'AWS::EC2::VPCEndpoint': plain('vpce', 'Id'),
  'AWS::ApiGateway::RestApi': plain('api', 'RootResourceId', 'RestApiId'),
  'AWS::ApiGateway::Resource': plain('resource', 'ResourceId'),
  'AWS::ApiGateway::Authorizer': plain('authorizer', 'AuthorizerId'),
  'AWS::ApiGateway::Deployment': plain('deployment', 'DeploymentId'),
  'AWS::ApiGateway::RequestValidator': plain('validator', 'RequestValidatorId'),
  'AWS::ApiGateway::Stage': (logicalId, properties) => ({
    ref: typeof properties.StageName === 'string' ? properties.StageName : logicalId,
    attributes: {},
  }),
  'AWS::ApiGateway::Model': (logicalId, properties) => ({
    ref: typeof properties.Name === 'string' ? properties.Name : logicalId,
    attributes: {},
  }),
  'AWS::CloudWatch::Alarm': (logicalId, _, context) => ({
    ref: `${context.stackName}-${logicalId}`,
    attributes: { Arn: arn('cloudwatch', `alarm:${context.stackName}-${logicalId}`) },
  }),
  'AWS::CloudWatch::CompositeAlarm': (logicalId, _, context) => ({
    ref: `${context.stackName}-${logicalId}`,
    attributes: { Arn: arn('cloudwatch', `alarm:${context.stackName}-${logicalId}`) },
  }),
  'AWS::SNS::Topic': (logicalId, properties, context) => {
    const name = physicalName(properties.TopicName, context, logicalId, 256);
    return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
  },
  'AWS::Events::Rule': (logicalId, _, context) => ({
    ref: `${context.stackName}-${logicalId}`,
    attributes: { Arn: arn('events', `rule/${context.stackName}-${logicalId}`) },
  }),
};

/** Names of any resource; a type without names of its own is called by its logical id and has no attributes. */
export function namesOf(
  logicalId: string,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  context: NamingContext,
): ResourceNames {
  const namer = NAMERS[type];
  return namer ? namer(logicalId, properties, context) : { ref: logicalId, attributes: {} };
}
