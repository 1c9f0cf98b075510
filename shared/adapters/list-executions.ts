import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ListQuery } from '../contract/list-query.ts';
import { executionsTable } from '../contract/tables.ts';
import type { Execution } from '../domain/execution.ts';
import { isExpired } from '../domain/retention.ts';
import type { ExecutionTables } from './dynamodb-execution-store.ts';
import { fromItem, type Item } from './execution-item.ts';

/** Bounds the work of a filter that matches almost nothing: the page is then short, with a cursor to go on. */
const maxQueries = 10;
const filterPageSize = 200;

/** One page of a tenant's executions, newest first. The cursor is the last id looked at. */
export async function listExecutions(
  tables: ExecutionTables,
  tenant: string,
  query: ListQuery,
): Promise<{ items: Execution[]; next: string | null }> {
  const filters = filtersOf(query);
  const items: Execution[] = [];
  let before = query.before;

  for (let queries = 0; queries < maxQueries; queries += 1) {
    const missing = query.limit - items.length;
    const pageSize = filters.length === 0 ? missing : filterPageSize;
    const page = await queryPage(tables, tenant, before, filters, pageSize);
    items.push(...page.items.slice(0, missing));
    if (page.items.length > missing || (items.length === query.limit && page.lastId !== null)) {
      return { items, next: items.at(-1)?.id ?? null };
    }
    if (page.lastId === null) return { items, next: null };
    before = page.lastId;
  }
  return { items, next: before ?? null };
}

type Filter = [name: string, value: string];

function filtersOf({ status, outcome, user }: ListQuery): Filter[] {
  return Object.entries({ status, outcome, user }).filter((entry): entry is Filter => entry[1] !== undefined);
}

async function queryPage(
  { client, executionsTable: table, clock }: ExecutionTables,
  tenant: string,
  before: string | undefined,
  filters: Filter[],
  limit: number,
): Promise<{ items: Execution[]; lastId: string | null }> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: executionsTable.tenantIndex.name,
      ScanIndexForward: false,
      Limit: limit,
      KeyConditionExpression: before === undefined ? 'tenant = :tenant' : 'tenant = :tenant AND id < :before',
      ExpressionAttributeValues: marshall(
        {
          ':tenant': tenant,
          ':before': before,
          ...Object.fromEntries(filters.map(([name, value]) => [`:${name}`, value])),
        },
        { removeUndefinedValues: true },
      ),
      ...(filters.length > 0 && {
        FilterExpression: filters.map(([name]) => `#${name} = :${name}`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
      }),
    }),
  );
  const executions = Items.map((item) => fromItem(item).execution);
  const items = executions.filter((execution) => !isExpired(execution, clock()));
  return { items, lastId: idOf(LastEvaluatedKey) };
}

function idOf(key: Item | undefined): string | null {
  return key?.id?.S ?? null;
}
