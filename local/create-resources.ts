import type { DynamoDb } from './dynamodb/dynamodb.ts';
import type { TableDefinition } from './dynamodb/ensure-table.ts';
import type { SqsAndS3 } from './sqs-and-s3/start-sqs-and-s3.ts';
import type { Stack } from './template/load-stack.ts';
import type { Resource } from './template/template.ts';

/** Creates tables, queues and buckets of a stack; what exists keeps its content. */
export function createResources(
  stack: Stack,
  { dynamoDb, sqsAndS3 }: { dynamoDb: DynamoDb; sqsAndS3: SqsAndS3 },
): void {
  for (const table of stack.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    createTable(stack, table, dynamoDb);
  }
  for (const queue of stack.ofType('AWS::SQS::Queue')) {
    sqsAndS3.ensureQueue({
      name: stack.namesOf(queue.logicalId).attributes.QueueName ?? queue.logicalId,
      attributes: queueAttributes(queue),
    });
  }
  for (const bucket of stack.ofType('AWS::S3::Bucket')) {
    sqsAndS3.ensureBucket(stack.namesOf(bucket.logicalId).ref, lifecycleOf(bucket));
  }
}

function createTable(stack: Stack, { logicalId, properties }: Resource, dynamoDb: DynamoDb): void {
  const { ref: TableName, attributes } = stack.namesOf(logicalId);
  const wanted = properties as unknown as TableDefinition & {
    readonly TimeToLiveSpecification?: { readonly Enabled: boolean; readonly AttributeName: string };
  };
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, TimeToLiveSpecification } = wanted;
  const indexes = GlobalSecondaryIndexes?.map((index) => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
  }));
  dynamoDb.ensureTable(
    {
      TableName,
      AttributeDefinitions,
      KeySchema,
      ...(indexes === undefined ? {} : { GlobalSecondaryIndexes: indexes }),
    },
    attributes.Arn ?? '',
  );
  if (TimeToLiveSpecification !== undefined) dynamoDb.setTimeToLive(TableName, TimeToLiveSpecification);
}

const NUMERIC_ATTRIBUTES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'MaximumMessageSize',
];

function queueAttributes({ properties }: Resource): Record<string, string> {
  const set = NUMERIC_ATTRIBUTES.filter((name) => properties[name] !== undefined);
  const attributes = Object.fromEntries(set.map((name) => [name, String(properties[name])]));
  const { RedrivePolicy } = properties;
  return RedrivePolicy === undefined
    ? attributes
    : { ...attributes, RedrivePolicy: JSON.stringify(RedrivePolicy) };
}

function lifecycleOf({ properties }: Resource) {
  const { Rules = [] } = (properties.LifecycleConfiguration ?? {}) as {
    Rules?: readonly { Status: string; Prefix?: string; ExpirationInDays?: number }[];
  };
  return Rules.flatMap(({ Status, Prefix = '', ExpirationInDays }) =>
    Status === 'Enabled' && ExpirationInDays !== undefined
      ? [{ prefix: Prefix, expirationDays: ExpirationInDays }]
      : [],
  );
}
