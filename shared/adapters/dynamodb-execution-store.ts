import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { blobFolder } from '../contract/tables.ts';
import { type Execution, type Output, outputSchema } from '../domain/execution.ts';
import { isExpired, retentionOf } from '../domain/retention.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExecutionStore } from '../ports/execution-store.ts';
import { admitExecution, withdrawExecution } from './admit-execution.ts';
import { loadJson } from './blob-codec.ts';
import { isCancelRequested, requestCancel } from './cancel-requests.ts';
import { claimExecution, renewLease } from './claim-execution.ts';
import { findEarlierRequest } from './earlier-requests.ts';
import {
  cancelExecution,
  completeExecution,
  endLostExecution,
  failExecution,
  handOverExecution,
  requeueExecution,
} from './end-attempt.ts';
import { type ExecutionItem, fromItem } from './execution-item.ts';
import { listExecutions } from './list-executions.ts';

/** What every operation on executions needs. */
export interface ExecutionTables {
  client: DynamoDBClient;
  executionsTable: string;
  ledgerTable: string;
  blobs: BlobStore;
  clock: Clock;
}

const noOutput: Output = { stdout: '', stderr: '' };

/** Executions in DynamoDB, with programs and outputs that are large in S3. */
export function createDynamoExecutionStore(tables: ExecutionTables): ExecutionStore {
  const read = async (id: string): Promise<ExecutionItem | null> => {
    const { Item } = await tables.client.send(
      new GetItemCommand({ TableName: tables.executionsTable, Key: marshall({ id }), ConsistentRead: true }),
    );
    return Item === undefined ? null : fromItem(Item);
  };

  return {
    admit: (execution, order, extras) => admitExecution(tables, execution, order, extras),
    findEarlierRequest: (identity) => findEarlierRequest(tables, identity),
    withdraw: (execution, identity) => withdrawExecution(tables, execution, identity),
    load: async (id) => (await read(id))?.execution ?? null,
    async findWithOutput(tenant, id) {
      const item = await read(id);
      if (item?.execution.tenant !== tenant || isExpired(item.execution, tables.clock())) return null;
      const output =
        item.output === null ? noOutput : outputSchema.parse(await loadJson(tables.blobs, item.output));
      return { execution: item.execution, output };
    },
    list: (tenant, query) => listExecutions(tables, tenant, query),
    claim: (id, lane, now) => claimExecution(tables, id, lane, now),
    renew: (claimed, now) => renewLease(tables, claimed, now),
    endLost: (seen, to, now) => endLostExecution(tables, seen, to, now),
    complete: (claimed, completion, output) => completeExecution(tables, claimed, completion, output),
    requeue: (claimed, failure) => requeueExecution(tables, claimed, failure),
    handOver: (claimed, to, failure) => handOverExecution(tables, claimed, to, failure),
    fail: (execution, failure, now) => failExecution(tables, execution, failure, now),
    cancel: (execution, now, run) => cancelExecution(tables, execution, now, run),
    requestCancel: (execution) => requestCancel(tables, execution),
    isCancelRequested: (id) => isCancelRequested(tables, id),
  };
}

/** Where an execution's output goes when it is too large for its item. */
export function outputKey(execution: Execution): string {
  return `${blobFolder('outputs', retentionOf(execution))}${execution.id}/${execution.attempts}`;
}
