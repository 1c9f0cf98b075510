import type { FunctionOptions, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Environment } from '../../shared/contract/environment.ts';
import { blobPrefixes } from '../../shared/contract/tables.ts';
import { executorTimeoutSeconds } from '../../shared/domain/timing.ts';
import type { Blobs } from './blobs.ts';
import { CordonFunction, type OmitEach } from './cordon-function.ts';
import type { Lane } from './lane.ts';
import type { Tables } from './tables.ts';

/** Where executions are stored. */
export interface ExecutionStorage {
  tables: Tables;
  blobs: Blobs;
}

export interface ExecutorProps {
  storage: ExecutionStorage;
  lane: Lane;
  /** Sandboxes at the same time: the executor waits for each. */
  maxConcurrency: number;
  variables: OmitEach<
    Environment<'run-execution'>,
    | 'EXECUTIONS_TABLE'
    | 'LEDGER_TABLE'
    | 'BLOBS_BUCKET'
    | 'CONTROL_TABLE'
    | 'POWERTOOLS_SERVICE_NAME'
    | 'POWERTOOLS_METRICS_NAMESPACE'
  >;
  options?: FunctionOptions;
}

/** The variables of a function that reads or writes executions. */
export function storageVariables({ tables, blobs }: ExecutionStorage) {
  return {
    EXECUTIONS_TABLE: tables.executions.tableName,
    LEDGER_TABLE: tables.ledger.tableName,
    BLOBS_BUCKET: blobs.bucket.bucketName,
  };
}

/** `run-execution` as the executor of one lane: the same code for all, with the rights that its backend needs. */
export class Executor extends Construct {
  readonly lambda: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    { storage, lane, maxConcurrency, variables, options }: ExecutorProps,
  ) {
    super(scope, id);
    const { tables, blobs } = storage;
    this.lambda = new CordonFunction(this, 'run-execution', {
      description: `Executor of the ${variables.BACKEND} lane: claims, runs and settles one execution`,
      environment: {
        ...storageVariables(storage),
        CONTROL_TABLE: tables.control.tableName,
        ...variables,
      },
      timeoutSeconds: executorTimeoutSeconds,
      memoryMiB: 512,
      ...(options && { options }),
    }).lambda;
    tables.executions.grant(this.lambda, 'dynamodb:UpdateItem', 'dynamodb:GetItem');
    tables.ledger.grant(this.lambda, 'dynamodb:UpdateItem');
    tables.grantReadOfSettings(this.lambda);
    blobs.grant(this.lambda, 's3:GetObject', blobPrefixes.programs);
    blobs.grant(this.lambda, 's3:PutObject', blobPrefixes.outputs, blobPrefixes.artifacts);
    lane.runWith(this.lambda, maxConcurrency);
  }
}
