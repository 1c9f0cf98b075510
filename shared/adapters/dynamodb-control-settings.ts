import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { controlTable } from '../contract/tables.ts';
import {
  defaultOperatorSettings,
  type OperatorSettings,
  operatorSettingsSchema,
} from '../domain/operator-settings.ts';
import { defaultTenantPolicy, type Policy, tenantPolicySchema } from '../domain/policy.ts';
import type { Versioned } from '../domain/versioned.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlSettings } from '../ports/control-settings.ts';
import { controlKey, fromControlItem, toVersioned } from './control-item.ts';
import { createRecentReads } from './recent-reads.ts';

/**
 *   write ---- eventually consistent read (< 1 s) ---- cached (5 s) ---- in force: within the 10 s promised
 */
const cacheMs = 5_000;
/** A function serves many tenants; those it has not heard of for long make room. */
const maxCached = 1_000;

type Reading = { settings: OperatorSettings; policy: Policy };

const { kinds, currentSettings } = controlTable;

/** Settings and tenant policies in the control table: one read per tenant in {@link cacheMs}. */
export function createDynamoControlSettings({
  client,
  table,
  clock,
}: {
  client: DynamoDBClient;
  table: string;
  clock: Clock;
}): ControlSettings {
  const options = { maxAgeMs: cacheMs, maxEntries: maxCached, clock };
  const readSettings = createRecentReads(() => readOperatorSettings(client, table), options);
  return {
    read: createRecentReads((tenant) => readBoth(client, table, tenant), options),
    readSettings: () => readSettings(currentSettings),
  };
}

async function readOperatorSettings(
  client: DynamoDBClient,
  table: string,
): Promise<Versioned<OperatorSettings>> {
  const key = controlKey(kinds.settings, currentSettings);
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key }));
  return toVersioned(Item && fromControlItem(Item), operatorSettingsSchema, defaultOperatorSettings);
}

async function readBoth(client: DynamoDBClient, table: string, tenant: string): Promise<Reading> {
  const keys = {
    settings: controlKey(kinds.settings, currentSettings),
    policy: controlKey(kinds.policy, tenant),
  };
  const { Responses, UnprocessedKeys = {} } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [table]: { Keys: Object.values(keys) } } }),
  );
  // Half an answer would read as "nothing is switched off".
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('the control table is throttled');
  const items = Responses?.[table] ?? [];
  const recordOf = (kind: string) => {
    const item = items.find(({ recordKind }) => recordKind?.S === kind);
    return item && fromControlItem(item);
  };
  const policy = toVersioned(recordOf(kinds.policy), tenantPolicySchema, defaultTenantPolicy);
  return {
    settings: toVersioned(recordOf(kinds.settings), operatorSettingsSchema, defaultOperatorSettings).value,
    policy: { ...policy.value, version: policy.version },
  };
}
