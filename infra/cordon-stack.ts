import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { blobPrefixes } from '../shared/contract/tables.ts';
import type { LaneName } from '../shared/domain/lane.ts';
import { type E2bPlan, keyThrottle, type Stage } from './config.ts';
import { Blobs } from './constructs/blobs.ts';
import { Callbacks } from './constructs/callbacks.ts';
import { CordonFunction } from './constructs/cordon-function.ts';
import { storageVariables } from './constructs/executor.ts';
import { HttpApi } from './constructs/http-api.ts';
import { Reconciler } from './constructs/reconciler.ts';
import { Tables } from './constructs/tables.ts';
import { createLanes, deadLetterArns, queueUrls } from './lanes/create-lanes.ts';

/** API Gateway gives up on an integration after 29 s; a request that waits needs up to 25 s of them. */
const requestTimeoutSeconds = 29;

export interface CordonStackProps extends StackProps {
  stage: Stage;
  lanes: readonly LaneName[];
  e2bPlan: E2bPlan;
  runscSha512?: string | undefined;
}

/**
 *   client > api > authorize
 *             |--> submit-execution > a lane > run-execution > its backend
 *             |--> read-executions      |-> dead letters > settle-dead-letter
 *             |--> cancel-execution     '<- reconcile-executions, every five minutes
 *             '--> admin
 *
 *   an end > callbacks > deliver-callback > the receiver
 */
export class CordonStack extends Stack {
  constructor(scope: Construct, id: string, props: CordonStackProps) {
    super(scope, id, props);
    const tables = new Tables(this, 'tables', props);
    const blobs = new Blobs(this, 'blobs', props);
    const storage = { tables, blobs };
    const callbacks = new Callbacks(this, 'callbacks', { storage, ...props });
    const lanes = createLanes(this, { storage, callbacks, ...props });
    const executionStore = storageVariables(storage);
    const callbackQueue = { CALLBACKS_QUEUE_URL: callbacks.queue.queueUrl };
    const throttle = {
      KEY_BURST: String(keyThrottle.burst),
      KEY_RATE_PER_SECOND: String(keyThrottle.ratePerSecond),
    };

    const authorize = new CordonFunction(this, 'authorize', {
      description: 'Proves who sends a request by its API key',
      environment: { CONTROL_TABLE: tables.control.tableName },
      timeoutSeconds: 5,
      memoryMiB: 512,
    }).lambda;
    tables.control.grant(authorize, 'dynamodb:GetItem');
    tables.grantAppendOfTenantAudit(authorize);

    const submitExecution = new CordonFunction(this, 'submit-execution', {
      description: 'Validates a program, reserves its quota and queues it',
      environment: {
        ...executionStore,
        ...throttle,
        ...queueUrls(lanes),
        CONTROL_TABLE: tables.control.tableName,
        BACKENDS: props.lanes.join(','),
        CALLBACK_TARGETS: 'public',
      },
      timeoutSeconds: requestTimeoutSeconds,
      memoryMiB: 1024,
    }).lambda;
    tables.executions.grant(submitExecution, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem');
    tables.ledger.grant(submitExecution, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    tables.grantReadOfPolicies(submitExecution);
    tables.grantAppendOfTenantAudit(submitExecution);
    blobs.grant(submitExecution, 's3:PutObject', blobPrefixes.programs);
    blobs.grant(submitExecution, 's3:GetObject', blobPrefixes.outputs, blobPrefixes.artifacts);

    const readExecutions = new CordonFunction(this, 'read-executions', {
      description: 'Answers one execution, a list of them, or what is left of a quota',
      environment: { ...executionStore, ...throttle, CONTROL_TABLE: tables.control.tableName },
      timeoutSeconds: requestTimeoutSeconds,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(readExecutions, 'dynamodb:GetItem', 'dynamodb:Query');
    tables.ledger.grant(readExecutions, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    tables.grantReadOfPolicies(readExecutions);
    blobs.grant(readExecutions, 's3:GetObject', blobPrefixes.outputs, blobPrefixes.artifacts);

    const cancelExecution = new CordonFunction(this, 'cancel-execution', {
      description: 'Cancels an execution that waits, or asks its executor to end it',
      environment: { ...executionStore, ...throttle, ...callbackQueue },
      timeoutSeconds: 10,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(cancelExecution, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    tables.ledger.grant(cancelExecution, 'dynamodb:UpdateItem');
    blobs.grant(cancelExecution, 's3:GetObject', blobPrefixes.outputs);
    callbacks.grantSend(cancelExecution);

    const settleDeadLetter = new CordonFunction(this, 'settle-dead-letter', {
      description: 'Fails the executions of dead messages and releases their reservations',
      environment: {
        ...executionStore,
        CONTROL_TABLE: tables.control.tableName,
        ...queueUrls(lanes),
        ...deadLetterArns(lanes),
        ...callbackQueue,
      },
      timeoutSeconds: 30,
      memoryMiB: 512,
    }).lambda;
    tables.executions.grant(settleDeadLetter, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    tables.ledger.grant(settleDeadLetter, 'dynamodb:UpdateItem');
    tables.grantReadOfSettings(settleDeadLetter);
    callbacks.grantSend(settleDeadLetter);
    for (const lane of lanes) {
      lane.queue.grant(submitExecution, 'sqs:SendMessage');
      lane.queue.grant(settleDeadLetter, 'sqs:SendMessage');
      lane.settleWith(settleDeadLetter);
    }

    new Reconciler(this, 'reconciler', { storage, lanes, callbacks });

    const admin = new CordonFunction(this, 'admin', {
      description: 'Keys, quotas, policies and settings',
      environment: {
        CONTROL_TABLE: tables.control.tableName,
        LEDGER_TABLE: tables.ledger.tableName,
        CALLBACK_KEY_SECRET: callbacks.key.secretArn,
      },
      timeoutSeconds: 10,
      memoryMiB: 512,
    }).lambda;
    tables.control.grant(
      admin,
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
      'dynamodb:Query',
    );
    tables.ledger.grant(admin, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');

    callbacks.grantKey(admin);

    const { api } = new HttpApi(this, 'http', {
      authorize,
      submitExecution,
      readExecutions,
      cancelExecution,
      admin,
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'ControlTable', { value: tables.control.tableName });
    new CfnOutput(this, 'CallbackKeySecret', { value: callbacks.key.secretArn });
    new CfnOutput(this, 'LedgerTable', { value: tables.ledger.tableName });
  }
}
