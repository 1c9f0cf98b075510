import { join } from 'node:path';
import {
  App,
  aws_apigateway as apigateway,
  CfnOutput,
  Duration,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
  Stack,
  aws_s3 as s3,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
} from 'aws-cdk-lib';

/** A stack with every kind of resource that the service's own one has. */
export function createFixtureApp(bundles: string, outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'fixture');

  const table = new dynamodb.TableV2(stack, 'Table', {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    billing: dynamodb.Billing.onDemand(),
    encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    timeToLiveAttribute: 'expiresAt',
    globalSecondaryIndexes: [
      {
        indexName: 'byStatus',
        partitionKey: { name: 'status', type: dynamodb.AttributeType.STRING },
        sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
        projectionType: dynamodb.ProjectionType.INCLUDE,
        nonKeyAttributes: ['label'],
      },
    ],
  });
  const bucket = new s3.Bucket(stack, 'Bucket', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [
      { expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  const deadLetters = new sqs.Queue(stack, 'DeadLetters', {
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const queue = new sqs.Queue(stack, 'Queue', {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(2),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
  });
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    natGateways: 0,
    maxAzs: 2,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });

  const common = (name: string) => ({
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'handler.handler',
    code: lambda.Code.fromAsset(join(bundles, name)),
    memorySize: 128,
    timeout: Duration.seconds(2),
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup: new logs.LogGroup(stack, `${name}-log`, { removalPolicy: RemovalPolicy.DESTROY }),
  });
  const isolated = new lambda.Function(stack, 'Isolated', {
    ...common('isolated'),
    vpc: vpc as ec2.IVpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    allowAllOutbound: false,
    tenancyConfig: lambda.TenancyConfig.PER_TENANT,
  });
  const api = new lambda.Function(stack, 'Api', {
    ...common('api'),
    environment: {
      TABLE: table.tableName,
      BUCKET: bucket.bucketName,
      QUEUE_URL: queue.queueUrl,
      ISOLATED: isolated.functionName,
      JOINED: `${table.tableArn}/index/*`,
    },
  });
  const consumer = new lambda.Function(stack, 'Consumer', {
    ...common('consumer'),
    environment: { TABLE: table.tableName },
  });
  consumer.addEventSource(
    new sources.SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 2 }),
  );
  table.grantReadWriteData(api);
  table.grantReadWriteData(consumer);
  bucket.grantReadWrite(api);
  queue.grantSendMessages(api);
  isolated.grantInvoke(api);
  addApi(stack, api, new lambda.Function(stack, 'Authorizer', common('authorizer')));
  new CfnOutput(stack, 'TableName', { value: table.tableName });
  return app;
}

function addApi(stack: Stack, handler: lambda.Function, authorizerFunction: lambda.Function): void {
  const api = new apigateway.RestApi(stack, 'RestApi', {
    cloudWatchRole: false,
    defaultIntegration: new apigateway.LambdaIntegration(handler, { allowTestInvoke: false }),
    binaryMediaTypes: ['image/png'],
    deployOptions: {
      stageName: 'v1',
      throttlingRateLimit: 1000,
      throttlingBurstLimit: 500,
      methodOptions: { '/throttled/GET': { throttlingRateLimit: 0.001, throttlingBurstLimit: 2 } },
    },
  });
  const json = (template: string) => ({ 'application/problem+json': template });
  api.addGatewayResponse('Default4xx', {
    type: apigateway.ResponseType.DEFAULT_4XX,
    templates: json(
      '{"code":"default_4xx","title":$context.error.messageString,"requestId":"$context.requestId"}',
    ),
  });
  api.addGatewayResponse('Default5xx', {
    type: apigateway.ResponseType.DEFAULT_5XX,
    templates: json(
      '{"code":"internal","type":"$context.error.responseType","requestId":"$context.requestId"}',
    ),
  });
  api.addGatewayResponse('NotFound', {
    type: apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    responseHeaders: { 'X-Own': "'yes'" },
    templates: json('{"code":"not_found"}'),
  });
  api.addGatewayResponse('BadBody', {
    type: apigateway.ResponseType.BAD_REQUEST_BODY,
    templates: json('{"code":"invalid_request","detail":"$context.error.validationErrorString"}'),
  });

  const authorizer = new apigateway.RequestAuthorizer(stack, 'RequestAuthorizer', {
    handler: authorizerFunction,
    identitySources: [apigateway.IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.minutes(1),
  });
  const integration = new apigateway.LambdaIntegration(handler, { proxy: true, allowTestInvoke: false });
  const open = { authorizationType: apigateway.AuthorizationType.NONE };
  const guarded = { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM };
  api.root.addProxy({ anyMethod: true, defaultIntegration: integration, defaultMethodOptions: open });
  const items = api.root.addResource('items');
  items.addMethod('GET', integration, guarded);
  items.addResource('{id}').addMethod('GET', integration, guarded);
  items.addMethod('POST', integration, {
    ...guarded,
    requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
    requestParameters: { 'method.request.querystring.mode': true },
    requestModels: {
      'application/json': api.addModel('ItemModel', {
        schema: {
          schema: apigateway.JsonSchemaVersion.DRAFT4,
          type: apigateway.JsonSchemaType.OBJECT,
          required: ['name'],
          properties: { name: { type: apigateway.JsonSchemaType.STRING, maxLength: 5 } },
          additionalProperties: false,
        },
      }),
    },
  });
  api.root.addResource('throttled').addMethod('GET', integration, open);
  api.root
    .addResource('impatient')
    .addMethod(
      'GET',
      new apigateway.LambdaIntegration(handler, { timeout: Duration.millis(100), allowTestInvoke: false }),
      open,
    );
}
