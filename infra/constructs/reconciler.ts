import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { sendCallbacksTask } from '../../shared/contract/scheduled-task.ts';
import { queueUrls } from '../lanes/create-lanes.ts';
import type { Callbacks } from './callbacks.ts';
import { CordonFunction } from './cordon-function.ts';
import { type ExecutionStorage, storageVariables } from './executor.ts';
import type { Lane } from './lane.ts';

const everyMinutes = 5;
/** An execution of a lane without a way to SQS waits so long for its callback. */
const callbacksEveryMinutes = 1;

export interface ReconcilerProps {
  storage: ExecutionStorage;
  lanes: readonly Lane[];
  callbacks: Callbacks;
}

/**
 * Repairs every five minutes the executions that nothing drives any more, and says so. Every minute it sends the callbacks
 * that are due and that nobody else sends.
 */
export class Reconciler extends Construct {
  constructor(scope: Construct, id: string, { storage, lanes, callbacks }: ReconcilerProps) {
    super(scope, id);
    const { tables } = storage;
    const { lambda } = new CordonFunction(this, 'reconcile-executions', {
      description: 'Repairs executions whose message or executor was lost',
      environment: {
        ...storageVariables(storage),
        CONTROL_TABLE: tables.control.tableName,
        ...queueUrls(lanes),
        CALLBACKS_QUEUE_URL: callbacks.queue.queueUrl,
      },
      timeoutSeconds: 120,
      memoryMiB: 512,
    });
    tables.executions.grant(lambda, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem');
    tables.ledger.grant(lambda, 'dynamodb:UpdateItem');
    tables.grantReadOfSettings(lambda);
    for (const { queue } of lanes) queue.grant(lambda, 'sqs:SendMessage');
    callbacks.grantSend(lambda);
    new Rule(this, 'schedule', {
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [new Target(lambda)],
    });
    new Rule(this, 'callbacks', {
      schedule: Schedule.rate(Duration.minutes(callbacksEveryMinutes)),
      targets: [new Target(lambda, { event: RuleTargetInput.fromObject(sendCallbacksTask) })],
    });
    this.addAlarm(lambda);
  }

  private addAlarm(lambda: LambdaFunction): void {
    const repaired = (metricName: string) =>
      new Metric({
        namespace: 'Cordon',
        metricName,
        dimensionsMap: { service: 'reconcile-executions' },
        statistic: 'Sum',
      });
    new Alarm(this, 'repaired', {
      alarmDescription: 'Executions had lost their message, or the reconciler fails: docs/reconciler.md',
      metric: new MathExpression({
        label: 'executions repaired, and failures of the reconciler',
        expression: 'FILL(resent, 0) + FILL(failed, 0) + FILL(errors, 0)',
        period: Duration.minutes(everyMinutes),
        usingMetrics: {
          resent: repaired('ExecutionsResent'),
          failed: repaired('ExecutionsFailedByReconciler'),
          errors: lambda.metricErrors(),
        },
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
