import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { controlTable } from '../contract/tables.ts';
import { type AuditRecord, auditRetentionDays } from '../domain/audit-record.ts';
import type { Versioned } from '../domain/versioned.ts';
import type { Item } from './execution-item.ts';

/** The key of a record in the control table. */
export function controlKey(recordKind: string, recordId: string): Item {
  return marshall({ recordKind, recordId });
}

/** A record's own fields. */
export function fromControlItem(item: Item): Record<string, unknown> {
  const { recordKind: _kind, recordId: _id, ...record } = unmarshall(item);
  return record;
}

/** Reads a versioned record, or its default where there is none. Throws on one that this version can't read. */
export function toVersioned<Value extends object>(
  record: Record<string, unknown> | undefined,
  schema: z.ZodType<Value>,
  initial: Value,
): Versioned<Value> {
  if (record === undefined) return { value: initial, version: 0, changedAt: null, changedBy: null };
  return z
    .strictObject({
      // One that was written before a field was there has its default.
      value: z.preprocess((value) => ({ ...initial, ...(value as object) }), schema),
      version: z.int().positive(),
      changedAt: z.iso.datetime(),
      changedBy: z.string(),
    })
    .parse(record);
}

const ofTenant: readonly AuditRecord['action'][] = ['execution.refuse', 'key.use'];

/**
 * With the time to live that DynamoDB deletes by. What operators did is in one partition; what a tenant was refused, and
 * when its keys were used, is in one of its own, so that a flood of refusals fills no other.
 */
export function toAuditItem(audit: AuditRecord): Item {
  const { audit: kind } = controlTable.kinds;
  const expiresAtSeconds = Math.floor(Date.parse(audit.at) / 1000) + auditRetentionDays * 86_400;
  return marshall(
    {
      recordKind: ofTenant.includes(audit.action) ? `${kind}#${audit.tenant}` : kind,
      recordId: audit.id,
      ...audit,
      [controlTable.expiryAttribute]: expiresAtSeconds,
    },
    { removeUndefinedValues: true },
  );
}

/** Adds an audit record in the transaction of what it is about. */
export function appendAudit(table: string, audit: AuditRecord): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: toAuditItem(audit),
      ConditionExpression: 'attribute_not_exists(recordKind)',
    },
  };
}
