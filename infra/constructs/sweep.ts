import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Environment } from '../../shared/contract/environment.ts';
import { CordonFunction } from './cordon-function.ts';
import { type ExecutionStorage, storageVariables } from './executor.ts';

export interface SweepProps {
  storage: ExecutionStorage;
  account: Pick<Environment<'sweep-sandboxes'>, 'E2B_KEY_SECRET' | 'DEPLOYMENT'>;
}

/** Ends every five minutes the sandboxes in E2B's cloud that an executor left behind. */
export class Sweep extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { storage, account }: SweepProps) {
    super(scope, id);
    this.lambda = new CordonFunction(this, 'sweep-sandboxes', {
      description: "Ends the sandboxes in E2B's cloud that nobody else ended",
      environment: { ...storageVariables(storage), ...account },
      timeoutSeconds: 120,
      memoryMiB: 512,
    }).lambda;
    storage.tables.executions.grant(this.lambda, 'dynamodb:GetItem');
    new Rule(this, 'schedule', {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new Target(this.lambda)],
    });
  }
}
