import type { FunctionConfig } from '../lambda/function-config.ts';
import type { Stack } from '../template/load-stack.ts';
import type { ReportProblem } from '../template/template-error.ts';

/** An SQS event source mapping, checked as Lambda checks it when one is created. */
export interface Mapping {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly functionConfig: FunctionConfig;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
  readonly visibilityTimeoutMs: number;
}

interface MappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly Enabled?: boolean;
}

/** SQS's default, in seconds. */
const DEFAULT_VISIBILITY = 30;

export function readMappings(
  stack: Stack,
  configs: readonly FunctionConfig[],
  reportProblem: ReportProblem,
): Mapping[] {
  const queues = stack.ofType('AWS::SQS::Queue').map(({ logicalId, properties }) => ({
    arn: stack.namesOf(logicalId).attributes.Arn ?? '',
    url: stack.namesOf(logicalId).ref,
    visibilitySeconds: Number(properties.VisibilityTimeout ?? DEFAULT_VISIBILITY),
  }));
  return stack.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource): Mapping[] => {
    const report = (property: string, message: string) => reportProblem(resource, property, message);
    const wanted = resource.properties as unknown as MappingProperties;
    const queue = queues.find(({ arn }) => arn === wanted.EventSourceArn);
    const functionConfig = configs.find(({ name, arn }) => [name, arn].includes(wanted.FunctionName));
    if (queue === undefined)
      report('EventSourceArn', `${wanted.EventSourceArn} is no queue of this template`);
    if (functionConfig === undefined)
      report('FunctionName', `${wanted.FunctionName} is no function of this template`);
    if (queue === undefined || functionConfig === undefined) return [];

    const batchSize = wanted.BatchSize ?? 10;
    const batchWindowSeconds = wanted.MaximumBatchingWindowInSeconds ?? 0;
    const maximumConcurrency = wanted.ScalingConfig?.MaximumConcurrency;
    const timeoutSeconds = functionConfig.timeoutMs / 1000;
    if (queue.visibilitySeconds < timeoutSeconds) {
      report(
        'EventSourceArn',
        `queue visibility timeout: ${queue.visibilitySeconds} seconds is less than function timeout: ${timeoutSeconds} seconds`,
      );
    }
    if (batchSize > 10 && batchWindowSeconds < 1) {
      report('MaximumBatchingWindowInSeconds', 'must be at least 1 when the batch size is greater than 10');
    }
    if (maximumConcurrency !== undefined && (maximumConcurrency < 2 || maximumConcurrency > 1000)) {
      report('ScalingConfig.MaximumConcurrency', 'must be between 2 and 1000');
    }
    if (functionConfig.tenantIsolated)
      report('FunctionName', "a tenant-isolated function can't have an SQS event source");
    for (const responseType of wanted.FunctionResponseTypes ?? []) {
      if (responseType !== 'ReportBatchItemFailures')
        report('FunctionResponseTypes', `${responseType} isn't supported`);
    }
    if (wanted.Enabled === false) return [];
    return [
      {
        queueArn: queue.arn,
        queueUrl: queue.url,
        functionConfig,
        batchSize,
        batchWindowSeconds,
        reportsItemFailures: wanted.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
        maximumConcurrency,
        visibilityTimeoutMs: queue.visibilitySeconds * 1000,
      },
    ];
  });
}
