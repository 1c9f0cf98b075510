import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { blobPrefixes } from '../shared/contract/tables.ts';
import { executorTimeoutSeconds } from '../shared/domain/timing.ts';
import { type Stage, wasmLaneConcurrency } from './config.ts';
import { Blobs } from './constructs/blobs.ts';
import { CordonFunction } from './constructs/cordon-function.ts';
import { HttpApi } from './constructs/http-api.ts';
import { Lane } from './constructs/lane.ts';
import { SandboxWasm } from './constructs/sandbox-wasm.ts';
import { Tables } from './constructs/tables.ts';

/** API Gateway gives up on an integration after 29 s; a request that waits needs up to 25 s of them. */
const requestTimeoutSeconds = 29;

/**
 *   client > api > authorize
 *             |--> submit-execution > wasm lane > run-execution > sandbox-wasm
 *             |--> read-executions        '-> dead letters > settle-dead-letter
 *             '--> admin
 */
export class CordonStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    const tables = new Tables(this, 'tables', props);
    const blobs = new Blobs(this, 'blobs', props);
    const wasmLane = new Lane(this, 'wasm');
    const sandbox = new SandboxWasm(this, 'sandbox-wasm');
    const executionStore = {
      EXECUTIONS_TABLE: tables.executions.tableName,
      LEDGER_TABLE: tables.ledger.tableName,
      BLOBS_BUCKET: blobs.bucket.bucketName,
    };

    const authorize = new CordonFunction(this, 'authorize', {
      description: 'Proves who sends a request by its API key',
      environment: { CONTROL_TABLE: tables.control.tableName },
      timeoutSeconds: 5,
      memoryMiB: 512,
    }).lambda;
    tables.control.grant(authorize, 'dynamodb:GetItem');

    const submitExecution = new CordonFunction(this, 'submit-execution', {
      description: 'Validates a program, reserves its quota and queues it',
      environment: {
        ...executionStore,
        CONTROL_TABLE: tables.control.tableName,
        BACKENDS: 'wasm',
        WASM_QUEUE_URL: wasmLane.queue.queueUrl,
      },
      timeoutSeconds: requestTimeoutSeconds,
      memoryMiB: 1024,
    }).lambda;
    tables.executions.grant(submitExecution, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem');
    tables.ledger.grant(submitExecution, 'dynamodb:UpdateItem');
    tables.grantReadOfSettings(submitExecution);
    blobs.grant(submitExecution, 's3:PutObject', blobPrefixes.programs);
    blobs.grant(submitExecution, 's3:GetObject', blobPrefixes.outputs, blobPrefixes.artifacts);
    wasmLane.queue.grant(submitExecution, 'sqs:SendMessage');

    const readExecutions = new CordonFunction(this, 'read-executions', {
      description: 'Answers one execution or a list of them',
      environment: executionStore,
      timeoutSeconds: requestTimeoutSeconds,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(readExecutions, 'dynamodb:GetItem', 'dynamodb:Query');
    blobs.grant(readExecutions, 's3:GetObject', blobPrefixes.outputs, blobPrefixes.artifacts);

    const runExecution = new CordonFunction(this, 'run-execution', {
      description: 'Executor of the wasm lane: claims, runs and settles one execution',
      environment: {
        ...executionStore,
        BACKEND: 'wasm',
        LANE_QUEUE_URL: wasmLane.queue.queueUrl,
        WASM_SANDBOX_FUNCTION: sandbox.lambda.functionName,
      },
      timeoutSeconds: executorTimeoutSeconds,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(runExecution, 'dynamodb:UpdateItem');
    tables.ledger.grant(runExecution, 'dynamodb:UpdateItem');
    blobs.grant(runExecution, 's3:GetObject', blobPrefixes.programs);
    blobs.grant(runExecution, 's3:PutObject', blobPrefixes.outputs, blobPrefixes.artifacts);
    sandbox.lambda.grantInvoke(runExecution);
    wasmLane.runWith(runExecution, wasmLaneConcurrency);

    const settleDeadLetter = new CordonFunction(this, 'settle-dead-letter', {
      description: 'Fails the executions of dead messages and releases their reservations',
      environment: {
        ...executionStore,
        WASM_QUEUE_URL: wasmLane.queue.queueUrl,
        WASM_DEAD_LETTERS_ARN: wasmLane.deadLetters.queueArn,
      },
      timeoutSeconds: 30,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(settleDeadLetter, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    tables.ledger.grant(settleDeadLetter, 'dynamodb:UpdateItem');
    wasmLane.queue.grant(settleDeadLetter, 'sqs:SendMessage');
    wasmLane.settleWith(settleDeadLetter);

    const admin = new CordonFunction(this, 'admin', {
      description: 'Creates, lists and revokes API keys',
      environment: { CONTROL_TABLE: tables.control.tableName, LEDGER_TABLE: tables.ledger.tableName },
      timeoutSeconds: 10,
      memoryMiB: 512,
    }).lambda;
    tables.control.grant(admin, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query');
    tables.ledger.grant(admin, 'dynamodb:PutItem');

    const { api } = new HttpApi(this, 'http', { authorize, submitExecution, readExecutions, admin });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'ControlTable', { value: tables.control.tableName });
    new CfnOutput(this, 'LedgerTable', { value: tables.ledger.tableName });
  }
}
