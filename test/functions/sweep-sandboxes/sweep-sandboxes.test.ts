import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { sweepSandboxes } from '../../../functions/sweep-sandboxes/sweep-sandboxes.ts';
import { defaultQuota } from '../../../shared/domain/account.ts';
import type { Execution } from '../../../shared/domain/execution.ts';
import type { ListedSandbox } from '../../../shared/sandboxes/e2b/sweep-orphans.ts';
import { type LocalTables, startLocalTables } from '../../support/local-tables.ts';
import { sampleExecution, sampleProgram } from '../../support/sample-execution.ts';

const now = new Date('2026-03-01T00:10:00.000Z');

let tables: LocalTables;
beforeEach(async () => {
  tables = await startLocalTables(() => now);
  await tables.tenants.ensure('acme', defaultQuota, now);
});
afterEach(() => tables.close());

async function admit(): Promise<Execution> {
  const execution = sampleExecution({ id: `exe_${ulid()}`, createdAt: now.toISOString() });
  expect(await tables.store.admit(execution, sampleProgram())).toBeNull();
  return execution;
}

/** What the sweep ends of sandboxes of this age, each named after its execution. */
async function sweep(executionIds: string[], ageSeconds = 30): Promise<string[]> {
  const startedAt = new Date(now.getTime() - ageSeconds * 1000);
  const sandboxes: ListedSandbox[] = executionIds.map((id) => ({
    sandboxId: id,
    executionId: id,
    startedAt,
  }));
  const inventory = { list: async () => sandboxes, kill: async () => true };
  const { killed } = await sweepSandboxes({ store: tables.store, inventory, clock: () => now });
  return killed;
}

it('ends the sandbox of an execution that is over', async () => {
  const execution = await admit();
  await tables.store.fail(execution, { code: 'internal', message: 'x' }, now);

  expect(await sweep([execution.id])).toEqual([execution.id]);
});

it('ends the sandbox of an execution that there is not', async () => {
  expect(await sweep(['exe_withdrawn'])).toEqual(['exe_withdrawn']);
});

it('leaves the sandbox of an execution that is not over, until no attempt can hold it', async () => {
  const { id } = await admit();

  expect(await sweep([id], 79)).toEqual([]);
  expect(await sweep([id], 81)).toEqual([id]);
});
