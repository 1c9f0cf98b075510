import { honoured, inert, members, only, type SupportTable } from './property-support.ts';

const IAM = inert("IAM isn't enforced on loopback");
const AT_REST = inert('encryption at rest: the data is on a local disk');
const NETWORK = inert('loopback has no VPC');
const TAGS = inert('tags have no effect');
const DESCRIPTION = inert('a description has no effect');
const LOGS = inert("a function's log is a file in the data directory");
const BACKUPS = inert('backups: the data is on a local disk');
const DELETION = inert('nothing here deletes resources');
const WATCHED = inert('nothing watches a local cloud');
const SIZING = inert('local capacity is that of this machine');
const ONE_PROCESS = inert('a service is one process on this machine, started again when it ends');

const inertAll = (properties: string, support: ReturnType<typeof inert>): SupportTable =>
  Object.fromEntries(properties.split(' ').map((name) => [name, support]));

const KEY_SCHEMA = members({ AttributeName: honoured, KeyType: honoured });
const PROJECTION = members({
  ProjectionType: only('ALL', 'KEYS_ONLY', 'INCLUDE'),
  NonKeyAttributes: honoured,
});

const TABLE: SupportTable = {
  TableName: honoured,
  AttributeDefinitions: members({ AttributeName: honoured, AttributeType: only('S', 'N', 'B') }),
  KeySchema: KEY_SCHEMA,
  BillingMode: only('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: members({
    IndexName: honoured,
    KeySchema: KEY_SCHEMA,
    Projection: PROJECTION,
    ContributorInsightsSpecification: WATCHED,
    OnDemandThroughput: SIZING,
    WriteOnDemandThroughputSettings: SIZING,
    WarmThroughput: SIZING,
  }),
  TimeToLiveSpecification: members({ AttributeName: honoured, Enabled: honoured }),
  SSESpecification: AT_REST,
  WarmThroughput: SIZING,
};

const API_ID = honoured;

/**
 * All that the local cloud knows of CloudFormation, as data. A type that isn't here, or a property that isn't
 * in its table, stops the start with a message: what would be skipped silently would differ from AWS silently.
 */
export const SUPPORTED_RESOURCES: Readonly<Record<string, SupportTable>> = {
  'AWS::DynamoDB::Table': {
    ...TABLE,
    OnDemandThroughput: SIZING,
    PointInTimeRecoverySpecification: BACKUPS,
    ContributorInsightsSpecification: WATCHED,
    DeletionProtectionEnabled: DELETION,
    TableClass: SIZING,
    Tags: TAGS,
  },
  'AWS::DynamoDB::GlobalTable': {
    ...TABLE,
    WriteOnDemandThroughputSettings: SIZING,
    Replicas: members({
      ...inertAll('Region', inert('one local region')),
      ...inertAll('PointInTimeRecoverySpecification', BACKUPS),
      ...inertAll('DeletionProtectionEnabled', DELETION),
      ...inertAll('SSESpecification', AT_REST),
      ...inertAll('ContributorInsightsSpecification', WATCHED),
      ...inertAll('GlobalSecondaryIndexes TableClass ReadOnDemandThroughputSettings', SIZING),
      ...inertAll('Tags', TAGS),
    }),
  },
  'AWS::SQS::Queue': {
    QueueName: honoured,
    VisibilityTimeout: honoured,
    MessageRetentionPeriod: honoured,
    DelaySeconds: honoured,
    ReceiveMessageWaitTimeSeconds: honoured,
    MaximumMessageSize: honoured,
    RedrivePolicy: members({ deadLetterTargetArn: honoured, maxReceiveCount: honoured }),
    RedriveAllowPolicy: IAM,
    FifoQueue: only(false),
    SqsManagedSseEnabled: AT_REST,
    KmsMasterKeyId: AT_REST,
    KmsDataKeyReusePeriodSeconds: AT_REST,
    Tags: TAGS,
  },
  'AWS::SQS::QueuePolicy': inertAll('PolicyDocument Queues', IAM),
  'AWS::S3::Bucket': {
    BucketName: honoured,
    LifecycleConfiguration: members({
      Rules: members({
        Id: honoured,
        Status: only('Enabled', 'Disabled'),
        Prefix: honoured,
        ExpirationInDays: honoured,
        AbortIncompleteMultipartUpload: inert('unfinished uploads take local disk only'),
        NoncurrentVersionExpiration: inert('objects have no versions here'),
      }),
      TransitionDefaultMinimumObjectSize: SIZING,
    }),
    VersioningConfiguration: members({ Status: only('Suspended') }),
    PublicAccessBlockConfiguration: IAM,
    OwnershipControls: IAM,
    AccessControl: IAM,
    BucketEncryption: AT_REST,
    LoggingConfiguration: WATCHED,
    Tags: TAGS,
  },
  'AWS::S3::BucketPolicy': inertAll('Bucket PolicyDocument', IAM),
  'AWS::Lambda::Function': {
    FunctionName: honoured,
    Code: members({ S3Key: honoured, S3Bucket: inert('the code is in the asset directory') }),
    Handler: honoured,
    Runtime: only('nodejs24.x'),
    MemorySize: honoured,
    Timeout: honoured,
    Environment: members({ Variables: honoured }),
    TenancyConfig: members({ TenantIsolationMode: only('PER_TENANT') }),
    ReservedConcurrentExecutions: honoured,
    Architectures: inert('functions run on the architecture of this machine'),
    EphemeralStorage: inert("functions share this machine's temporary directory"),
    LoggingConfig: LOGS,
    TracingConfig: WATCHED,
    VpcConfig: NETWORK,
    Role: IAM,
    KmsKeyArn: AT_REST,
    Description: DESCRIPTION,
    Tags: TAGS,
  },
  'AWS::Lambda::EventSourceMapping': {
    EventSourceArn: honoured,
    FunctionName: honoured,
    BatchSize: honoured,
    MaximumBatchingWindowInSeconds: honoured,
    FunctionResponseTypes: honoured,
    ScalingConfig: members({ MaximumConcurrency: honoured }),
    Enabled: honoured,
    Tags: TAGS,
  },
  'AWS::Lambda::EventInvokeConfig': {
    FunctionName: honoured,
    Qualifier: only('$LATEST'),
    MaximumRetryAttempts: honoured,
    MaximumEventAgeInSeconds: honoured,
  },
  'AWS::Lambda::Permission': inertAll(
    'Action FunctionName Principal SourceArn SourceAccount PrincipalOrgID FunctionUrlAuthType InvokedViaFunctionUrl',
    IAM,
  ),
  'AWS::IAM::Role': inertAll(
    'AssumeRolePolicyDocument ManagedPolicyArns Policies RoleName Description MaxSessionDuration Path PermissionsBoundary Tags',
    IAM,
  ),
  'AWS::IAM::Policy': inertAll('PolicyDocument PolicyName Roles Users Groups', IAM),
  'AWS::IAM::ManagedPolicy': inertAll(
    'PolicyDocument ManagedPolicyName Description Path Roles Users Groups',
    IAM,
  ),
  'AWS::Logs::LogGroup': inertAll(
    'LogGroupName RetentionInDays KmsKeyId LogGroupClass DataProtectionPolicy Tags DeletionProtectionEnabled',
    LOGS,
  ),
  'AWS::Logs::MetricFilter': inertAll(
    'LogGroupName FilterName FilterPattern MetricTransformations ApplyOnTransformedLogs',
    WATCHED,
  ),
  'AWS::EC2::VPC': inertAll('CidrBlock EnableDnsHostnames EnableDnsSupport InstanceTenancy Tags', NETWORK),
  'AWS::EC2::Subnet': inertAll(
    'AvailabilityZone CidrBlock MapPublicIpOnLaunch VpcId Tags Ipv6CidrBlock AssignIpv6AddressOnCreation',
    NETWORK,
  ),
  'AWS::EC2::RouteTable': inertAll('VpcId Tags', NETWORK),
  'AWS::EC2::SubnetRouteTableAssociation': inertAll('RouteTableId SubnetId', NETWORK),
  'AWS::EC2::SecurityGroup': inertAll(
    'GroupDescription GroupName SecurityGroupEgress SecurityGroupIngress VpcId Tags',
    NETWORK,
  ),
  'AWS::EC2::SecurityGroupEgress': inertAll(
    'GroupId IpProtocol CidrIp CidrIpv6 FromPort ToPort Description DestinationSecurityGroupId DestinationPrefixListId',
    NETWORK,
  ),
  'AWS::EC2::SecurityGroupIngress': inertAll(
    'GroupId IpProtocol CidrIp CidrIpv6 FromPort ToPort Description SourceSecurityGroupId SourcePrefixListId',
    NETWORK,
  ),
  'AWS::EC2::VPCEndpoint': inertAll(
    'VpcId ServiceName VpcEndpointType RouteTableIds SubnetIds SecurityGroupIds PrivateDnsEnabled PolicyDocument Tags',
    NETWORK,
  ),
  'AWS::EC2::FlowLog': inertAll(
    'ResourceId ResourceType TrafficType LogDestination LogDestinationType LogGroupName DeliverLogsPermissionArn LogFormat MaxAggregationInterval Tags',
    NETWORK,
  ),
  'AWS::SecretsManager::Secret': {
    Name: honoured,
    SecretString: honoured,
    GenerateSecretString: inert('the text is made up once'),
    Description: DESCRIPTION,
    KmsKeyId: AT_REST,
    Tags: TAGS,
  },
  'AWS::ECS::Cluster': inertAll(
    'ClusterName ClusterSettings Configuration ServiceConnectDefaults CapacityProviders DefaultCapacityProviderStrategy Tags',
    ONE_PROCESS,
  ),
  'AWS::ECS::TaskDefinition': {
    ContainerDefinitions: members({
      Name: honoured,
      Image: honoured,
      Environment: members({ Name: honoured, Value: honoured }),
      PortMappings: members({
        ContainerPort: honoured,
        Protocol: only('tcp'),
        Name: DESCRIPTION,
        AppProtocol: DESCRIPTION,
      }),
      Essential: only(true),
      LinuxParameters: inert('the process has the rights of who starts the local cloud'),
      User: inert('the process runs as who starts the local cloud'),
      HealthCheck: inert('a process is healthy until it ends'),
      StopTimeout: inert('a process drains for five seconds'),
      LogConfiguration: inert("a service's log is a file in the data directory"),
    }),
    ...inertAll('Cpu Memory EphemeralStorage RuntimePlatform', SIZING),
    ...inertAll('ExecutionRoleArn TaskRoleArn', IAM),
    NetworkMode: NETWORK,
    RequiresCompatibilities: ONE_PROCESS,
    Family: DESCRIPTION,
    Tags: TAGS,
  },
  'AWS::ECS::Service': {
    TaskDefinition: honoured,
    ServiceRegistries: members({ RegistryArn: honoured }),
    NetworkConfiguration: NETWORK,
    ...inertAll(
      'Cluster DesiredCount DeploymentConfiguration DeploymentController LaunchType PlatformVersion CapacityProviderStrategy HealthCheckGracePeriodSeconds AvailabilityZoneRebalancing SchedulingStrategy',
      ONE_PROCESS,
    ),
    ...inertAll('EnableECSManagedTags EnableExecuteCommand PropagateTags ServiceName', DESCRIPTION),
    Tags: TAGS,
  },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': {
    Name: honoured,
    Vpc: NETWORK,
    Description: DESCRIPTION,
    Properties: NETWORK,
    Tags: TAGS,
  },
  'AWS::ServiceDiscovery::Service': {
    Name: honoured,
    NamespaceId: honoured,
    DnsConfig: inert("functions are given the process's own address"),
    HealthCheckCustomConfig: ONE_PROCESS,
    Description: DESCRIPTION,
    Tags: TAGS,
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': inertAll(
    'MinCapacity MaxCapacity ResourceId RoleARN ScalableDimension ServiceNamespace ScheduledActions SuspendedState',
    ONE_PROCESS,
  ),
  'AWS::ApplicationAutoScaling::ScalingPolicy': inertAll(
    'PolicyName PolicyType ScalingTargetId StepScalingPolicyConfiguration TargetTrackingScalingPolicyConfiguration ResourceId ScalableDimension ServiceNamespace',
    ONE_PROCESS,
  ),
  'AWS::ApiGateway::RestApi': {
    Name: inert('one API is served'),
    BinaryMediaTypes: honoured,
    EndpointConfiguration: inert('the endpoint is on loopback'),
    DisableExecuteApiEndpoint: inert('the endpoint is on loopback'),
    MinimumCompressionSize: inert('answers are never compressed on loopback'),
    ApiKeySourceType: only('HEADER'),
    SecurityPolicy: inert('loopback has no TLS'),
    EndpointAccessMode: inert('loopback has no TLS'),
    Policy: IAM,
    Description: DESCRIPTION,
    Tags: TAGS,
  },
  'AWS::ApiGateway::Resource': { ParentId: honoured, PathPart: honoured, RestApiId: API_ID },
  'AWS::ApiGateway::Method': {
    RestApiId: API_ID,
    ResourceId: honoured,
    HttpMethod: honoured,
    AuthorizationType: only('NONE', 'CUSTOM'),
    AuthorizerId: honoured,
    ApiKeyRequired: only(false),
    RequestModels: honoured,
    RequestParameters: honoured,
    RequestValidatorId: honoured,
    Integration: members({
      Type: only('AWS_PROXY', 'MOCK'),
      Uri: honoured,
      IntegrationHttpMethod: only('POST'),
      TimeoutInMillis: honoured,
      RequestTemplates: honoured,
      ResponseTransferMode: only('BUFFERED'),
      PassthroughBehavior: inert('a proxy integration has no mapping'),
      IntegrationResponses: members({
        StatusCode: honoured,
        ResponseParameters: honoured,
        ResponseTemplates: honoured,
      }),
    }),
    MethodResponses: inert('answers are passed on whatever they declare'),
    OperationName: DESCRIPTION,
  },
  'AWS::ApiGateway::Deployment': inertAll(
    'RestApiId Description StageName',
    inert('the template itself is deployed'),
  ),
  'AWS::ApiGateway::Stage': {
    RestApiId: API_ID,
    StageName: honoured,
    Variables: honoured,
    MethodSettings: members({
      HttpMethod: honoured,
      ResourcePath: honoured,
      ThrottlingBurstLimit: honoured,
      ThrottlingRateLimit: honoured,
      CachingEnabled: only(false),
      DataTraceEnabled: WATCHED,
      LoggingLevel: WATCHED,
      MetricsEnabled: WATCHED,
    }),
    CacheClusterEnabled: only(false),
    DeploymentId: inert('the template itself is deployed'),
    AccessLogSetting: WATCHED,
    TracingEnabled: WATCHED,
    Description: DESCRIPTION,
    Tags: TAGS,
  },
  'AWS::ApiGateway::Model': {
    RestApiId: API_ID,
    Name: honoured,
    ContentType: only('application/json'),
    Schema: honoured,
    Description: DESCRIPTION,
  },
  'AWS::ApiGateway::RequestValidator': {
    RestApiId: API_ID,
    Name: DESCRIPTION,
    ValidateRequestBody: honoured,
    ValidateRequestParameters: honoured,
  },
  'AWS::ApiGateway::GatewayResponse': {
    RestApiId: API_ID,
    ResponseType: honoured,
    StatusCode: honoured,
    ResponseTemplates: honoured,
    ResponseParameters: honoured,
  },
  'AWS::ApiGateway::Authorizer': {
    RestApiId: API_ID,
    Type: only('REQUEST', 'TOKEN'),
    AuthorizerUri: honoured,
    IdentitySource: honoured,
    IdentityValidationExpression: honoured,
    AuthorizerResultTtlInSeconds: honoured,
    AuthorizerCredentials: IAM,
    AuthType: DESCRIPTION,
    Name: DESCRIPTION,
  },
  'AWS::ApiGateway::Account': inertAll('CloudWatchRoleArn', IAM),
  'AWS::CDK::Metadata': inertAll('Analytics', DESCRIPTION),
  'AWS::CloudWatch::Alarm': inertAll(
    'ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Tags Threshold ThresholdMetricId TreatMissingData Unit',
    WATCHED,
  ),
  'AWS::CloudWatch::CompositeAlarm': inertAll(
    'ActionsEnabled AlarmActions AlarmDescription AlarmName AlarmRule InsufficientDataActions OKActions Tags',
    WATCHED,
  ),
  'AWS::CloudWatch::Dashboard': inertAll('DashboardBody DashboardName', WATCHED),
  'AWS::SNS::Topic': inertAll('TopicName DisplayName KmsMasterKeyId Tags', WATCHED),
  'AWS::SNS::TopicPolicy': inertAll('PolicyDocument Topics', IAM),
  'AWS::SNS::Subscription': inertAll('TopicArn Protocol Endpoint Region', WATCHED),
  'AWS::Events::Rule': {
    ScheduleExpression: honoured,
    State: only('ENABLED', 'DISABLED'),
    Targets: members({ Arn: honoured, Id: honoured, Input: honoured }),
    Description: DESCRIPTION,
    Name: DESCRIPTION,
  },
};
