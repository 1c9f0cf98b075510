import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type LaneName, maxDeliveries } from '../../shared/domain/lane.ts';
import { queueVisibilitySeconds } from '../../shared/domain/timing.ts';

/** A lane's queue and dead-letter queue. Each lane adds its executor and backend; the settler attaches to it. */
export class Lane extends Construct {
  readonly name: LaneName;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, name: LaneName) {
    super(scope, `${name}-lane`);
    this.name = name;
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'dead-letters', {
      ...secured,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(queueVisibilitySeconds),
    });
    this.queue = new Queue(this, 'queue', {
      ...secured,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(queueVisibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxDeliveries(name) },
    });
  }

  /** One message an invoke, so that `maxConcurrency` is the number of sandboxes at the same time. */
  runWith(executor: LambdaFunction, maxConcurrency: number): void {
    executor.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency }),
    );
  }

  settleWith(settler: LambdaFunction): void {
    settler.addEventSource(
      new SqsEventSource(this.deadLetters, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: 2,
      }),
    );
  }
}
