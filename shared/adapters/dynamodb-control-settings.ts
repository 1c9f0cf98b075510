import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { controlTable } from '../contract/tables.ts';
import {
  defaultOperatorSettings,
  type OperatorSettings,
  operatorSettingsSchema,
  type TenantRouting,
  tenantRoutingSchema,
} from '../domain/operator-settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlSettings } from '../ports/control-settings.ts';
import type { Item } from './execution-item.ts';

/**
 *   write ---- eventually consistent read (< 1 s) ---- cached (5 s) ---- in force: within the 10 s promised
 */
const cacheMs = 5_000;
/** A function serves many tenants; those it has not heard of for long make room. */
const maxCached = 1_000;

type Reading = { settings: OperatorSettings; tenantRouting: TenantRouting };

const { kinds, currentSettings } = controlTable;

/** Settings and tenant policies in the control table: one read of both per tenant in {@link cacheMs}. */
export function createDynamoControlSettings({
  client,
  table,
  clock,
}: {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
}): ControlSettings {
  const cache = new Map<string, { reading: Promise<Reading>; untilMs: number }>();

  return {
    async read(tenant) {
      const nowMs = clock().getTime();
      const cached = cache.get(tenant);
      if (cached !== undefined && nowMs < cached.untilMs) return cached.reading;
      const reading = readBoth(client, table, tenant);
      cache.delete(tenant);
      cache.set(tenant, { reading, untilMs: nowMs + cacheMs });
      const [oldest] = cache.keys();
      if (cache.size > maxCached && oldest !== undefined) cache.delete(oldest);
      // A failed read must not be what the next requests get.
      reading.catch(() => cache.delete(tenant));
      return reading;
    },
  };
}

async function readBoth(client: DynamoDBClient, table: string, tenant: string): Promise<Reading> {
  const { Responses, UnprocessedKeys = {} } = await client.send(
    new BatchGetItemCommand({
      RequestItems: {
        [table]: { Keys: [keyOf(kinds.settings, currentSettings), keyOf(kinds.policy, tenant)] },
      },
    }),
  );
  // Half an answer would read as "nothing is switched off".
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('the control table is throttled');
  const records = (Responses?.[table] ?? []).map((item) => unmarshall(item));
  const recordOf = (kind: string): Record<string, unknown> | undefined => {
    const found = records.find(({ recordKind }) => recordKind === kind);
    if (found === undefined) return undefined;
    const { recordKind: _kind, recordId: _id, ...record } = found;
    return record;
  };
  const settings = recordOf(kinds.settings);
  return {
    settings: settings === undefined ? defaultOperatorSettings : operatorSettingsSchema.parse(settings),
    tenantRouting: tenantRoutingSchema.parse(recordOf(kinds.policy) ?? {}),
  };
}

function keyOf(recordKind: string, recordId: string): Item {
  return marshall({ recordKind, recordId });
}
