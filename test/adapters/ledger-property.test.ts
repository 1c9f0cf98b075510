import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ulid } from 'ulid';
import {
  accountOfTenant,
  chargedMs,
  defaultQuota,
  explainRefusal,
  openAccount,
  toNanoUsd,
} from '../../shared/domain/account.ts';
import { canMove, type Execution, isTerminal } from '../../shared/domain/execution.ts';
import { leaseMs } from '../../shared/domain/timing.ts';
import type { CancelledRun, Completion } from '../../shared/ports/execution-store.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';
import { sampleCompletion, sampleExecution, sampleProgram } from '../support/sample-execution.ts';

const start = new Date('2026-03-01T00:00:00.000Z');
const failure = { code: 'internal', message: 'x' } as const;
let tables: LocalTables;
let now = start;

beforeAll(async () => {
  tables = await startLocalTables(() => now);
});
afterAll(() => tables.close());

const completionOf = (wallTimeMs: number, costUsd: number): Completion =>
  sampleCompletion({
    usage: { wallTimeMs, cpuTimeMs: 1, peakMemoryMiB: 31, outputBytes: 0 },
    costUsd,
    finishedAt: now.toISOString(),
  });

const cancelledRun: CancelledRun = {
  truncated: { stdout: false, stderr: false },
  redactions: [],
  usage: { wallTimeMs: 77, cpuTimeMs: 1, peakMemoryMiB: 0, outputBytes: 0 },
  sandboxStartMs: 4,
  costUsd: 0.0000017,
  output: { stdout: '', stderr: '' },
};

type Step =
  | { kind: 'admit'; wallTimeMs: number; user: string | null }
  | { kind: 'complete'; pick: number; wallTimeMs: number; costUsd: number }
  | { kind: 'claim' | 'requeue' | 'fail' | 'withdraw' | 'cancel' | 'cancel a run' | 'renew'; pick: number }
  | { kind: 'end a lost attempt'; pick: number; to: 'queued' | 'failed' | 'cancelled' }
  | { kind: 'wait until every lease has run out' };

const users = ['ann', 'ann#1'];
/** Counts from what was seen last, which has the most to tell. */
const pick = fc.oneof(fc.constantFrom(0, 1), fc.nat(30));
const wallTimeMs = fc.integer({ min: 100, max: 60_000 });
/** Sometimes more than was reserved. */
const costUsd = fc.nat(30_000_000).map((cost) => cost / 1e10);
/** Anything that a submission, an executor or a dead letter may do, with whatever it knew at some time. */
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('admit'), wallTimeMs, user: fc.constantFrom(null, ...users) }),
  fc.record({ kind: fc.constant('complete'), pick, wallTimeMs, costUsd }),
  fc.record({ kind: fc.constant('claim'), pick }),
  fc.record({ kind: fc.constantFrom('requeue', 'fail', 'withdraw', 'cancel'), pick }),
  fc.record({ kind: fc.constantFrom('cancel a run', 'cancel a run', 'renew'), pick }),
  fc.record({
    kind: fc.constant('end a lost attempt'),
    pick,
    to: fc.constantFrom('queued', 'failed', 'cancelled'),
  }),
  fc.constant({ kind: 'wait until every lease has run out' } as const),
);

/** `known` are the executions as they were seen at some time; what is newly seen is added. */
async function take(step: Step, tenant: string, known: Execution[]): Promise<void> {
  if (step.kind === 'admit') return admit(tenant, step, known);
  if (step.kind === 'wait until every lease has run out') {
    now = new Date(now.getTime() + leaseMs + 1);
    return;
  }
  const execution = known.at(-1 - (step.pick % Math.max(1, known.length)));
  if (execution === undefined) return;
  if (step.kind === 'claim') return claim(execution, known);
  if (step.kind === 'fail') return void (await tables.store.fail(execution, failure, now));
  if (step.kind === 'withdraw') return void (await tables.store.withdraw(execution));
  if (step.kind === 'cancel') return void (await tables.store.cancel(execution, now, null));
  if (step.kind === 'end a lost attempt')
    return void (execution.status === 'running' && (await tables.store.endLost(execution, step.to, now)));
  // The rest is done by the holder of an attempt.
  if (execution.status !== 'running') return;
  if (step.kind === 'renew') return void (await tables.store.renew(execution, now));
  if (step.kind === 'cancel a run') return void (await tables.store.cancel(execution, now, cancelledRun));
  if (step.kind === 'complete') {
    await tables.store.complete(execution, completionOf(step.wallTimeMs, step.costUsd), {
      stdout: '',
      stderr: '',
    });
  } else await tables.store.requeue(execution, failure);
}

async function admit(
  tenant: string,
  { wallTimeMs, user }: Extract<Step, { kind: 'admit' }>,
  known: Execution[],
): Promise<void> {
  const limits = { ...sampleExecution().limits, wallTimeMs };
  const createdAt = now.toISOString();
  const execution = sampleExecution({ id: `exe_${ulid()}`, tenant, user, limits, createdAt });
  const userQuota = { ...defaultQuota, unlimited: true };
  expect(await tables.store.admit(execution, sampleProgram(), { userQuota })).toBeNull();
  known.push(execution);
}

async function claim({ id }: Execution, known: Execution[]): Promise<void> {
  const result = await tables.store.claim(id, 'wasm', now);
  if (result.kind === 'claimed') known.push(result.execution);
}

async function stored(known: Execution[]): Promise<Map<string, Execution>> {
  const found = new Map<string, Execution>();
  for (const id of new Set(known.map((execution) => execution.id))) {
    const execution = await tables.store.load(id);
    if (execution !== null) found.set(id, execution);
  }
  return found;
}

function expectedAccount(executions: Execution[]) {
  const open = executions.filter(({ status }) => !isTerminal(status));
  // What was cancelled without a run counts as never submitted.
  const completed = executions.filter(
    ({ status, usage }) => status === 'completed' || (status === 'cancelled' && usage !== null),
  );
  const sum = (list: number[]) => list.reduce((total, ms) => total + ms, 0);
  const reserved = sum(open.map(({ limits }) => limits.wallTimeMs));
  const costReserved = sum(open.map(({ costReservedNanoUsd }) => costReservedNanoUsd));
  const costUsed = sum(completed.map(({ costUsd }) => toNanoUsd(costUsd ?? 0)));
  const used = sum(
    completed.map(({ usage, limits }) => chargedMs(usage?.wallTimeMs ?? 0, limits.wallTimeMs)),
  );
  return {
    executionsUsed: open.length + completed.length,
    concurrentUsed: open.length,
    executionMsReserved: reserved,
    executionMsUsed: used,
    executionMsLeft: defaultQuota.executionMsLimit - reserved - used,
    costNanoUsdReserved: costReserved,
    costNanoUsdUsed: costUsed,
    costNanoUsdLeft: defaultQuota.costNanoUsdLimit - costReserved - costUsed,
  };
}

test('whatever happens in whatever order, statuses move as they may and the accounts of tenant and users add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 20, size: 'max' }), async (steps) => {
      now = start;
      const tenant = `t-${ulid().toLowerCase()}`;
      await tables.tenants.ensure(tenant, { ...defaultQuota, unlimited: true }, now);
      const known: Execution[] = [];
      let before = new Map<string, Execution>();
      for (const step of steps) {
        await take(step, tenant, known);
        const after = await stored(known);
        for (const [id, { status }] of after) {
          const was = before.get(id)?.status ?? status;
          expect([was, status, was === status || canMove(was, status)]).toEqual([was, status, true]);
        }
        const executions = [...after.values()];
        expect(await tables.account(tenant)).toMatchObject(expectedAccount(executions));
        for (const user of new Set(known.flatMap((execution) => execution.user ?? []))) {
          const ofUser = executions.filter((execution) => execution.user === user);
          expect(await tables.account(tenant, user)).toMatchObject(expectedAccount(ofUser));
        }
        before = after;
      }
    }),
    { numRuns: 100 },
  );
});

test('the ledger refuses a reservation exactly when there is a reason to name', async () => {
  const near = (limit: number) => fc.integer({ min: limit - 2, max: limit + 1 });
  const counters = fc.record({
    unlimited: fc.boolean(),
    executionsUsed: near(defaultQuota.executionsLimit),
    executionMsLeft: near(1_000),
    costNanoUsdLeft: near(2_000_000),
    concurrentUsed: near(defaultQuota.concurrentLimit),
  });
  await fc.assert(
    fc.asyncProperty(counters, async (change) => {
      now = start;
      const tenant = `t-${ulid().toLowerCase()}`;
      const account = { ...openAccount(accountOfTenant(tenant), defaultQuota, now), ...change };
      await tables.client.send(new PutItemCommand({ TableName: 'ledger', Item: marshall(account) }));
      const execution = sampleExecution({ id: `exe_${ulid()}`, tenant, createdAt: now.toISOString() });

      const refusal = await tables.store.admit(execution, sampleProgram());

      const reservation = {
        executionMs: execution.limits.wallTimeMs,
        costNanoUsd: execution.costReservedNanoUsd,
      };
      const expected = explainRefusal(account, reservation, now);
      expect(refusal).toEqual(expected && { ...expected, of: 'tenant' });
    }),
    { numRuns: 60 },
  );
});
