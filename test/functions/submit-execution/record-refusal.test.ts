import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { refusalRecord } from '../../../functions/submit-execution/record-refusal.ts';
import { createDynamoAuditLog } from '../../../shared/adapters/dynamodb-audit-log.ts';
import { parseInput } from '../../../shared/contract/parse-input.ts';
import { submitRequestSchema } from '../../../shared/contract/submit-request.ts';
import { CordonError } from '../../../shared/domain/cordon-error.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const caller = { tenant: 'acme', keyId: 'key-1', scopes: ['execute'] as const };
const source = 'import os; os.system("a line of the source")';
const request = parseInput(submitRequestSchema, {
  ...{ language: 'python', source, stdin: 'what was typed', user: 'end-user-7' },
  secrets: { TOKEN: 'a value of no service' },
});
const violation = { rule: 'py-x', severity: 'high', snippet: source, line: 1, column: 1, message: source };
let tables: LocalTables;

beforeEach(async () => {
  tables = await startLocalTables(() => now);
});
afterEach(() => tables.close());

function recordOf(error: unknown) {
  return refusalRecord(error, { caller, request, id: '01J0000000000000000000000A', now });
}

async function stored(recordKind: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await tables.client.send(
    new QueryCommand({
      TableName: 'control',
      KeyConditionExpression: 'recordKind = :kind',
      ExpressionAttributeValues: marshall({ ':kind': recordKind }),
    }),
  );
  return Items.map((item) => unmarshall(item));
}

test('a refusal is recorded for its tenant, with rules and the hash of the source, and nothing that was sent', async () => {
  const violations = [violation, { ...violation, rule: 'py-y' }, violation];
  const record = recordOf(new CordonError('policy_denied', source, { details: { violations } }));
  if (record === null) throw new Error('not recorded');

  await createDynamoAuditLog({ client: tables.client, table: 'control' }).append(record);

  const [item, ...others] = await stored('audit#acme');
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    ...{ action: 'execution.refuse', tenant: 'acme', keyId: 'key-1', subject: 'end-user-7' },
    reason: { code: 'policy_denied', language: 'python', rules: ['py-x', 'py-y'] },
  });
  expect(JSON.stringify(item)).not.toMatch(/a line of the source|what was typed|a value of no service/);
  expect(await stored('audit')).toEqual([]);
});

test('a record is written once and never changed', async () => {
  const log = createDynamoAuditLog({ client: tables.client, table: 'control' });
  const record = recordOf(new CordonError('syntax_error', 'wrong', { details: { violations: [violation] } }));
  if (record === null) throw new Error('not recorded');
  await log.append(record);

  await log.append({ ...record, keyId: 'somebody-else' });

  expect(await stored('audit#acme')).toMatchObject([{ keyId: 'key-1' }]);
});

test.each([
  [
    'a quota that is used up',
    new CordonError('quota_exceeded', 'x', { details: { limit: 'concurrent' } }),
    true,
  ],
  ['a program that does not parse', new CordonError('syntax_error', 'x'), true],
  ['a request that is not valid', new CordonError('invalid_request', 'x'), false],
  ['maintenance', new CordonError('maintenance', 'x'), false],
  ['a failure of ours', new Error('x'), false],
])('%s: recorded or not', (_, error, isRecorded) => {
  expect(recordOf(error) !== null).toBe(isRecorded);
});
