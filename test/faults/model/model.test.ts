import { afterAll, beforeAll, test } from '@jest/globals';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { defaultQuota } from '../../../shared/domain/account.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { histories } from '../../support/some-faults.ts';
import { anyCommands } from './commands.ts';

const startMs = Date.parse('2026-03-01T00:00:00.000Z');
let nowMs = startMs;
let tables: LocalTables;
beforeAll(async () => {
  tables = await startLocalTables(() => new Date(nowMs));
});
afterAll(() => tables.close());

test('in whatever order things happen, every answer, status and counter is the one that the model gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(anyCommands, { maxCommands: 150, size: 'max' }), async (commands) => {
      nowMs = startMs;
      const tenant = `t-${ulid().toLowerCase()}`;
      await tables.tenants.ensure(tenant, { ...defaultQuota, unlimited: true }, new Date(nowMs));
      const setup = () => ({
        model: { nowMs, executions: new Map(), seen: [] },
        real: { tables, tenant, setNowMs: (at: number) => (nowMs = at) },
      });
      await fc.asyncModelRun(setup, commands);
    }),
    { numRuns: histories },
  );
}, 600_000);
