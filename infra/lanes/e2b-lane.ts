import { CfnOutput, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { unsetSecret } from '../../shared/contract/environment.ts';
import { type E2bPlan, e2bPlans } from '../config.ts';
import type { Callbacks } from '../constructs/callbacks.ts';
import { type ExecutionStorage, Executor } from '../constructs/executor.ts';
import { Lane } from '../constructs/lane.ts';
import { Sweep } from '../constructs/sweep.ts';

export interface E2bLaneProps {
  storage: ExecutionStorage;
  callbacks: Callbacks;
  plan: E2bPlan;
  /** The lane that takes over what E2B can't start. */
  fallback: Lane | undefined;
}

/**
 * queue > run-execution > E2B's cloud
 *             '-> the queue of the gvisor lane, when E2B can't start the program
 *
 * The owner puts the API key in the secret. Until then the lane hands everything over.
 */
export class E2bLane extends Lane {
  constructor(scope: Construct, { storage, callbacks, plan, fallback }: E2bLaneProps) {
    super(scope, 'e2b');
    const key = new Secret(this, 'key', {
      description: 'API key of E2B; see https://e2b.dev/dashboard',
      secretStringValue: SecretValue.unsafePlainText(unsetSecret),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const account = { E2B_KEY_SECRET: key.secretArn, DEPLOYMENT: Stack.of(this).stackId };
    const { lambda } = new Executor(this, 'executor', {
      storage,
      lane: this,
      maxConcurrency: e2bPlans[plan].concurrency,
      variables: {
        BACKEND: 'e2b',
        LANE_QUEUE_URL: this.queue.queueUrl,
        CALLBACKS_QUEUE_URL: callbacks.queue.queueUrl,
        GVISOR_QUEUE_URL: fallback?.queue.queueUrl,
        E2B_CREATES_PER_SECOND: String(e2bPlans[plan].createsPerSecond),
        ...account,
      },
    });
    key.grantRead(lambda);
    callbacks.grantSend(lambda);
    fallback?.queue.grant(lambda, 'sqs:SendMessage');
    key.grantRead(new Sweep(this, 'sweep', { storage, account }).lambda);
    new CfnOutput(scope, 'E2bKeySecret', { value: key.secretArn });
  }
}
