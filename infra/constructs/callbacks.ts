import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { blobPrefixes } from '../../shared/contract/tables.ts';
import { queueVisibilitySeconds } from '../../shared/domain/timing.ts';
import { callbackConcurrency, type Stage } from '../config.ts';
import { CordonFunction } from './cordon-function.ts';
import type { ExecutionStorage } from './executor.ts';

/** Two look-ups, ten seconds for the receiver, a note; and as much again. */
const timeoutSeconds = 30;

export interface CallbacksProps {
  storage: ExecutionStorage;
  stage: Stage;
}

/**
 * whoever ends an execution > queue > deliver-callback > the receiver
 *                               '-> dead letters, which nobody has to read: the debt is in the table
 */
export class Callbacks extends Construct {
  readonly queue: Queue;
  readonly key: Secret;

  constructor(scope: Construct, id: string, { storage: { tables, blobs }, stage }: CallbacksProps) {
    super(scope, id);
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const visibilityTimeout = Duration.seconds(queueVisibilitySeconds);
    const deadLetters = new Queue(this, 'dead-letters', {
      ...{ ...secured, visibilityTimeout },
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'queue', {
      ...{ ...secured, visibilityTimeout },
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });
    this.key = new Secret(this, 'key', {
      description: "What the secrets of the tenants' callbacks are derived from",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const { lambda } = new CordonFunction(this, 'deliver-callback', {
      description: 'Posts an execution that is over to the address its owner named',
      environment: {
        EXECUTIONS_TABLE: tables.executions.tableName,
        BLOBS_BUCKET: blobs.bucket.bucketName,
        CALLBACKS_QUEUE_URL: this.queue.queueUrl,
        CALLBACK_KEY_SECRET: this.key.secretArn,
        CALLBACK_TARGETS: 'public',
      },
      timeoutSeconds,
      memoryMiB: 512,
    });
    tables.executions.grant(lambda, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    blobs.grant(lambda, 's3:GetObject', blobPrefixes.outputs, blobPrefixes.artifacts);
    this.grantKey(lambda);
    this.grantSend(lambda);
    lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: callbackConcurrency,
      }),
    );
  }

  /** To ask for a callback; the variable is `CALLBACKS_QUEUE_URL`. */
  grantSend(grantee: LambdaFunction): void {
    this.queue.grant(grantee, 'sqs:SendMessage');
  }

  /** To sign callbacks, or to show who signs them; the variable is `CALLBACK_KEY_SECRET`. */
  grantKey(grantee: LambdaFunction): void {
    const { secretArn } = this.key;
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [secretArn],
    });
  }
}
