import { executionSchema } from '../domain/execution.ts';
import type { RetentionDays } from '../domain/retention.ts';

/**
 * Fields that never change are stored in one map: a secondary index projects at most 20 attributes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
 */
const requestAttribute = 'request';
const requestFields = [
  'language',
  'route',
  'sourceSha256',
  'policyVersion',
  'violations',
  'costReservedNanoUsd',
  'metadata',
  'validationMs',
  'createdAt',
  'expiresAt',
];
/** So are the lists that attempts leave behind: what is listed is one attribute, whatever is added to it. */
const resultsAttribute = 'results';
const resultFields = ['failures', 'artifacts', 'redactions', 'callback'];

/** Keys, indexes and TTL of the tables: one page for the construct, the adapters and the tests. */
export const executionsTable = {
  partitionKey: 'id',
  /** Newest first per tenant: ids are ULIDs, so they sort by creation time. */
  tenantIndex: { name: 'by-tenant', partitionKey: 'tenant', sortKey: 'id' },
  /** Executions that are queued or running alone, oldest first in each shard: nothing else has a shard. */
  openIndex: { name: 'open', partitionKey: 'openShard', sortKey: 'id' },
  /** Executions that are over and owe a callback alone, longest due first in each shard: nothing else has a shard. */
  callbackIndex: { name: 'owed-callbacks', partitionKey: 'callbackShard', sortKey: 'callbackDueAt' },
  /** Everything of an execution but its program and output, so that a list is one query. */
  tenantIndexAttributes: [
    requestAttribute,
    resultsAttribute,
    ...Object.keys(executionSchema.shape).filter(
      (name) => !['id', 'tenant', ...requestFields, ...resultFields].includes(name),
    ),
  ],
  expiryAttribute: 'expiresAtSeconds',
} as const;

/** Spread the writes of the indexes of open executions and of owed callbacks over several partitions. */
export const shards = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;

/** By the last character of the id, which is random and one of 32. */
export function shardOf(id: string): string {
  return shards[id.charCodeAt(id.length - 1) % shards.length] ?? shards[0];
}

export const ledgerTable = { partitionKey: 'account' } as const;

export const controlTable = {
  partitionKey: 'recordKind',
  sortKey: 'recordId',
  kinds: { key: 'key', settings: 'settings', policy: 'policy', audit: 'audit' },
  /** The operator settings are one record; a tenant's policy is recorded by the tenant's name. */
  currentSettings: 'current',
  /** Of audit records. */
  expiryAttribute: 'expiresAtSeconds',
} as const;

/** Prefixes in the bucket for what does not fit in a table's item; below each is a folder for each class of retention. */
export const blobPrefixes = { programs: 'programs/', outputs: 'outputs/', artifacts: 'artifacts/' } as const;

/**
 * Where blobs of a kind are that are kept for so many days: a lifecycle rule finds them by the prefix, which costs nothing,
 * where a tag would cost money for each object.
 */
export function blobFolder(kind: keyof typeof blobPrefixes, days: RetentionDays): string {
  return `${blobPrefixes[kind]}${days}d/`;
}
