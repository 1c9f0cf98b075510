import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type FunctionOptions,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment, FunctionName } from '../../shared/contract/environment.ts';

export interface CordonFunctionProps<Name extends FunctionName> {
  description: string;
  /** Typed by the schema that the handler parses: a variable that is missing here doesn't compile. */
  environment: OmitEach<Environment<Name>, keyof typeof telemetry>;
  timeoutSeconds: number;
  memoryMiB: number;
  options?: FunctionOptions;
}

/** `Omit` of each member of a union by itself. */
export type OmitEach<Union, Names extends PropertyKey> = Union extends unknown ? Omit<Union, Names> : never;

const telemetry = { POWERTOOLS_SERVICE_NAME: '', POWERTOOLS_METRICS_NAMESPACE: 'Cordon' };

/**
 * A Lambda function of `functions/<name>`: arm64, the Lambda's Node of package.json, its own log group with a
 * retention, and a role that may write to that log group and nothing else until something is granted.
 */
export class CordonFunction<Name extends FunctionName> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, name: Name, props: CordonFunctionProps<Name>) {
    super(scope, name);
    const logGroup = new LogGroup(this, 'logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role =
      props.options?.role ??
      new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    if (props.options?.role === undefined) logGroup.grantWrite(role);

    this.lambda = new LambdaFunction(this, 'function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(`build/functions/${name}`),
      handler: 'handler.handler',
      memorySize: props.memoryMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment:
        name === 'sandbox-wasm' ? {} : { ...telemetry, POWERTOOLS_SERVICE_NAME: name, ...props.environment },
      loggingFormat: LoggingFormat.JSON,
      ...props.options,
      logGroup,
      role,
    });
  }
}
