import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoExecutionStore } from '../adapters/dynamodb-execution-store.ts';
import { createS3BlobStore } from '../adapters/s3-blob-store.ts';
import { createSqsLaneQueue } from '../adapters/sqs-lane-queue.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';
import type { LaneQueue } from '../ports/lane-queue.ts';

/** The store of executions from a function's environment. */
export function connectExecutionStore(environment: {
  EXECUTIONS_TABLE: string;
  LEDGER_TABLE: string;
  BLOBS_BUCKET: string;
}): ExecutionStore {
  return createDynamoExecutionStore({
    client: new DynamoDBClient({}),
    executionsTable: environment.EXECUTIONS_TABLE,
    ledgerTable: environment.LEDGER_TABLE,
    blobs: createS3BlobStore({
      // Path style: the one form of address that needs no DNS name per bucket.
      client: new S3Client({ forcePathStyle: true }),
      bucket: environment.BLOBS_BUCKET,
    }),
    clock: () => new Date(),
  });
}

/** A lane's queue. The endpoint comes from the client's configuration, not from the queue's address. */
export function connectLaneQueue(queueUrl: string): LaneQueue {
  return createSqsLaneQueue({ client: new SQSClient({ useQueueUrlAsEndpoint: false }), queueUrl });
}
