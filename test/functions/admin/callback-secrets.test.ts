import { expect, test } from '@jest/globals';
import { defaultQuota, openAccount } from '../../../shared/domain/account.ts';
import type { AuditRecord } from '../../../shared/domain/audit-record.ts';
import type { HttpRequest } from '../../../shared/lambda/http-function.ts';
import type { AuditLog } from '../../../shared/ports/audit-log.ts';

// Read when the logger is made, by the import below.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { callbackSecretRoutes } = await import('../../../functions/admin/callback-secrets.ts');

const now = new Date('2026-03-01T00:00:00.000Z');
const request: HttpRequest = {
  ...{ method: 'GET', route: '', query: {}, headers: {}, body: null, requestId: 'r-1' },
  pathParameters: { tenant: 'acme' },
  caller: { tenant: 'ops', keyId: 'key-1', scopes: ['admin'] },
};

function showSecret(auditLog: AuditLog) {
  const routes = callbackSecretRoutes({
    tenants: { find: async (tenant) => openAccount(`tenant#${tenant}`, defaultQuota, now) },
    readCallbackKey: async () => 'made up for this test',
    auditLog,
    clock: () => now,
    newId: () => '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  });
  const show = routes['GET /v1/admin/tenants/{tenant}/callback-secret'];
  if (show === undefined) throw new Error('there is no such route');
  return show(request);
}

test('who reads a secret is recorded, and not what was read', async () => {
  const records: AuditRecord[] = [];
  const { body } = await showSecret({ append: async (record) => void records.push(record) });

  const { secret } = body as { secret: string };
  expect(records).toEqual([
    {
      ...{ id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', at: now.toISOString(), action: 'callback_secret.read' },
      ...{ keyId: 'key-1', tenant: 'ops', subject: 'acme' },
    },
  ]);
  expect(JSON.stringify(records)).not.toContain(secret);
});

test('nothing is shown that could not be recorded', async () => {
  const append = () => Promise.reject(new Error('the table is down'));
  await expect(showSecret({ append })).rejects.toThrow('the table is down');
});
