import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, StepScalingAction } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { sandboxHosts } from '../config.ts';

const idleMinutes = 15;

/**
 * As many hosts as the lane's depth (messages that wait or are being worked on) needs, and none when it has been
 * empty for a while.
 *
 *   depth   0 for 15 min   1 to 6   7 to 12   …   above
 *   hosts   0              1        2         …   the most
 *
 * The lane's event source polls the queue all the time, which keeps its metrics at one a minute: from an empty
 * fleet the first host takes two to four minutes.
 */
export class HostScaling extends Construct {
  constructor(scope: Construct, id: string, { queue, service }: { queue: Queue; service: FargateService }) {
    super(scope, id);
    const scalingTarget = service.autoScaleTaskCount({ minCapacity: 0, maxCapacity: sandboxHosts.most });
    const depth = new MathExpression({
      label: 'executions in the gvisor lane',
      expression: 'waiting + running',
      period: Duration.minutes(1),
      usingMetrics: {
        waiting: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
        running: queue.metricApproximateNumberOfMessagesNotVisible({ period: Duration.minutes(1) }),
      },
    });

    const adjust = { scalingTarget, adjustmentType: AdjustmentType.EXACT_CAPACITY };
    const grow = new StepScalingAction(this, 'grow', adjust);
    const { most, sandboxesEach } = sandboxHosts;
    for (let hosts = 1; hosts <= most; hosts += 1) {
      grow.addAdjustment({
        adjustment: hosts,
        lowerBound: (hosts - 1) * sandboxesEach,
        ...(hosts < most && { upperBound: hosts * sandboxesEach }),
      });
    }
    const isNeeded = new Alarm(this, 'needed', {
      alarmDescription: 'There is work for sandbox hosts',
      metric: depth,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    isNeeded.addAlarmAction(new ApplicationScalingAction(grow));

    const end = new StepScalingAction(this, 'end', adjust);
    end.addAdjustment({ adjustment: 0, upperBound: 0 });
    const isIdle = new Alarm(this, 'idle', {
      alarmDescription: 'No work for sandbox hosts',
      metric: depth,
      threshold: 1,
      evaluationPeriods: idleMinutes,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
    isIdle.addAlarmAction(new ApplicationScalingAction(end));
  }
}
