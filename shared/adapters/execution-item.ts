import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { executionsTable, shardOf } from '../contract/tables.ts';
import { type Execution, executionSchema } from '../domain/execution.ts';
import type { StoredJson } from './blob-codec.ts';

export type Item = Record<string, AttributeValue>;

/** Removed when the execution is over. */
export const sealedSecretsAttribute = 'sealedSecrets';
/** Set by the reconciler, in epoch ms. */
export const resentAttribute = 'resentAtMs';

const storedJsonSchema = z.union([
  z.object({ inline: z.instanceof(Uint8Array) }),
  z.object({ blobKey: z.string() }),
]);

/**
 * An execution's item: its fields, the time to live that DynamoDB deletes by (epoch seconds), its program, and
 * its output once there is one, its sealed secrets and its shard among the open executions until it is over. Items
 * written before there were routes, failures, artifacts and redactions lack those members.
 */
export function toItem(execution: Execution, program: StoredJson, sealedSecrets?: Uint8Array): Item {
  const { language, route, sourceSha256, policyVersion, violations, metadata, ...others } = execution;
  const { validationMs, costReservedNanoUsd, createdAt, expiresAt, ...rest } = others;
  const { failures, artifacts, redactions, callback, ...fields } = rest;
  return marshall({
    ...fields,
    request: {
      ...{ language, route, sourceSha256, policyVersion, violations, metadata },
      ...{ validationMs, costReservedNanoUsd, createdAt, expiresAt },
    },
    results: toResults({ failures, artifacts, redactions, callback }),
    program,
    ...(sealedSecrets !== undefined && { [sealedSecretsAttribute]: sealedSecrets }),
    [executionsTable.openIndex.partitionKey]: shardOf(execution.id),
    expiresAtSeconds: Math.floor(Date.parse(expiresAt) / 1000),
  });
}

/** What attempts leave behind, and the callback: most executions have none, and pay for none. */
export function toResults({
  callback,
  ...results
}: Pick<Execution, 'failures' | 'artifacts' | 'redactions' | 'callback'>): Record<string, unknown> {
  return { ...results, ...(callback !== null && { callback }) };
}

export interface ExecutionItem {
  execution: Execution;
  program: StoredJson | null;
  sealedSecrets: Uint8Array | null;
  output: StoredJson | null;
  resentAt: Date | null;
  /** Of a callback that is owed: when the next attempt is due. */
  callbackDueAt: Date | null;
}

/** Reads an item; index items have neither program nor output. Throws on an item this version can't read. */
export function fromItem(item: Item): ExecutionItem {
  const {
    program,
    output,
    sealedSecrets,
    request,
    results,
    expiresAtSeconds: _seconds,
    openShard: _shard,
    resentAtMs,
    callbackShard: _callbackShard,
    callbackDueAt,
    ...fields
  } = unmarshall(item);
  return {
    execution: executionSchema.parse({ ...fields, ...request, ...results }),
    sealedSecrets: sealedSecrets ?? null,
    resentAt: resentAtMs === undefined ? null : new Date(resentAtMs),
    callbackDueAt: callbackDueAt === undefined ? null : new Date(callbackDueAt),
    program: program === undefined ? null : storedJsonSchema.parse(program),
    output: output === undefined ? null : storedJsonSchema.parse(output),
  };
}
