import { expect } from '@jest/globals';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { settleDeadLetter } from '../../../functions/settle-dead-letter/settle-dead-letter.ts';
import { chargedMs, toNanoUsd } from '../../../shared/domain/account.ts';
import { type Execution, isTerminal } from '../../../shared/domain/execution.ts';
import { type LaneName, laneRules } from '../../../shared/domain/lane.ts';
import { giveUpAfterMs, leaseMs } from '../../../shared/domain/timing.ts';
import { controlSettings } from '../../support/control-settings.ts';
import type { LocalTables } from '../../support/local-tables.ts';
import { sampleExecution, sampleProgram } from '../../support/sample-execution.ts';
import { isCurrent, type Model, predictClaim, predictCounters, predictLoss, seemsLapsed } from './model.ts';

/** The tables, a tenant of its own, and a clock that commands move. */
export interface World {
  tables: LocalTables;
  tenant: string;
  setNowMs(nowMs: number): void;
}

type Command = fc.AsyncCommand<Model, World>;

const failure = { code: 'internal', message: 'x' } as const;
const output = { stdout: '', stderr: '' };

/** Does something, expects the answer that the model gives, and compares everything that is stored. */
function command(name: string, act: (model: Model, world: World) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, world) {
      world.setNowMs(model.nowMs);
      await act(model, world);
      await compare(model, world);
    },
  };
}

async function compare(model: Model, { tables, tenant }: World): Promise<void> {
  for (const { id, status, lane, attempts } of model.executions.values()) {
    expect(await tables.store.load(id)).toMatchObject({ id, status, lane, attempts });
  }
  expect(await tables.account(tenant)).toMatchObject(predictCounters(model));
}

const submit = (wallTimeMs: number, route: Execution['route']) =>
  command(`submit ${route}`, async (model, { tables, tenant }) => {
    const [lane = 'wasm'] = route;
    const execution = sampleExecution({
      ...{ id: `exe_${ulid()}`, tenant, lane, backend: lane, route },
      limits: { ...sampleExecution().limits, wallTimeMs },
      createdAt: new Date(model.nowMs).toISOString(),
    });
    expect(await tables.store.admit(execution, sampleProgram())).toBeNull();
    const { id, status, attempts, costReservedNanoUsd } = execution;
    const entry = {
      id,
      status,
      attempts,
      costReservedNanoUsd,
      wallTimeMs,
      lane,
      leaseUntilMs: 0,
      isUnwanted: false,
      charged: null,
    };
    model.executions.set(id, entry);
    model.seen.push(execution);
  });

const withSeen = (
  name: string,
  pick: number,
  act: (known: Execution, model: Model, world: World) => Promise<void>,
): Command =>
  command(`${name} ${pick}`, async (model, world) => {
    const known = model.seen.at(-1 - (pick % Math.max(1, model.seen.length)));
    if (known !== undefined) await act(known, model, world);
  });

/** A message comes, for the first time or once more, to an executor of the lane. */
const claim = (pick: number, lane: LaneName | null) =>
  withSeen('claim', pick, async (known, model, { tables }) => {
    const entry = model.executions.get(known.id);
    const at = lane ?? entry?.lane ?? 'wasm';
    const result = await tables.store.claim(known.id, at, new Date(model.nowMs));
    expect(result.kind).toBe(predictClaim(entry, at, model.nowMs));
    if (result.kind !== 'claimed' || entry === undefined) return;
    const leaseUntilMs = result.execution.leaseUntilMs ?? 0;
    expect(leaseUntilMs).toBeGreaterThan(model.nowMs);
    Object.assign(entry, { status: 'running', attempts: entry.attempts + 1, leaseUntilMs });
    model.seen.push(result.execution);
  });

/** Whoever died can't write any more; the tables are as it left them. */
const crash = (pick: number) =>
  withSeen('crash', pick, async (known, model) => {
    if (known.status === 'running') model.seen.splice(model.seen.indexOf(known), 1);
  });

const complete = (pick: number, usedMs: number, costUsd: number) =>
  withSeen('complete', pick, async (known, model, { tables }) => {
    if (known.status !== 'running') return;
    const entry = model.executions.get(known.id);
    const isStored = await tables.store.complete(known, completionOf(usedMs, costUsd, model.nowMs), output);
    expect(isStored).toBe(isCurrent(entry, known));
    if (!isStored || entry === undefined) return;
    const charged = { ms: chargedMs(usedMs, entry.wallTimeMs), nanoUsd: toNanoUsd(costUsd) };
    Object.assign(entry, { status: 'completed', charged });
  });

const requeue = (pick: number) =>
  withSeen('requeue', pick, async (known, model, { tables }) => {
    if (known.status !== 'running') return;
    const entry = model.executions.get(known.id);
    const isDoneAlready =
      entry?.status === 'queued' && entry.attempts === known.attempts && entry.lane === known.lane;
    const isQueued = await tables.store.requeue(known, failure);
    expect(isQueued).toBe(isCurrent(entry, known) || isDoneAlready);
    if (isQueued && entry !== undefined) entry.status = 'queued';
  });

const handOver = (pick: number) =>
  withSeen('hand over', pick, async (known, model, { tables }) => {
    if (known.status !== 'running' || known.lane !== 'e2b') return;
    const entry = model.executions.get(known.id);
    const isDoneAlready =
      entry?.status === 'queued' && entry.attempts === known.attempts && entry.lane === 'gvisor';
    const isMoved = await tables.store.handOver(known, 'gvisor', failure);
    expect(isMoved).toBe(isCurrent(entry, known) || isDoneAlready);
    if (isMoved && entry !== undefined) Object.assign(entry, { status: 'queued', lane: 'gvisor' });
  });

const fail = (pick: number) =>
  withSeen('fail', pick, async (known, model, { tables }) => {
    const entry = model.executions.get(known.id);
    const isStored = await tables.store.fail(known, failure, new Date(model.nowMs));
    expect(isStored).toBe(isCurrent(entry, known));
    if (isStored && entry !== undefined) entry.status = 'failed';
  });

/** The message could not be sent. */
const withdraw = (pick: number) =>
  withSeen('withdraw', pick, async (known, model, { tables }) => {
    const entry = model.executions.get(known.id);
    const isOpen = entry?.status === 'queued' && entry.attempts === 0;
    expect(await tables.store.withdraw(known)).toBe(isOpen);
    if (isOpen) model.executions.delete(known.id);
  });

const settle = (pick: number, lane: LaneName) =>
  withSeen(`settle in ${lane}`, pick, async (known, model, { tables }) => {
    const entry = model.executions.get(known.id);
    const ports = {
      store: tables.store,
      queues: {},
      settings: controlSettings(),
      clock: () => new Date(model.nowMs),
      pause: async () => {},
    };
    const isHere = entry !== undefined && !isTerminal(entry.status) && entry.lane === lane;
    const isHeld = isHere && entry.status === 'running' && !seemsLapsed(entry.leaseUntilMs, model.nowMs);
    expect(await settleDeadLetter(ports, lane, { executionId: known.id })).toBe(!isHeld);
    if (!isHere || isHeld) return;
    const isYoung = model.nowMs - Date.parse(known.createdAt) < giveUpAfterMs;
    const isSentAgain = isYoung && entry.attempts < laneRules[lane].maxAttempts;
    if (entry.status === 'queued' && isSentAgain) return;
    const hasAsked = entry.isUnwanted && entry.attempts > 0;
    entry.status = entry.status === 'running' ? predictLoss(entry) : hasAsked ? 'cancelled' : 'failed';
  });

const renew = (pick: number) =>
  withSeen('renew', pick, async (known, model, { tables }) => {
    if (known.status !== 'running') return;
    const entry = model.executions.get(known.id);
    const isRenewed = await tables.store.renew(known, new Date(model.nowMs));
    expect(isRenewed).toBe(isCurrent(entry, known));
    if (isRenewed && entry !== undefined) entry.leaseUntilMs = model.nowMs + leaseMs;
  });

/** By somebody who has seen the attempt's lease some time ago. */
const endLost = (pick: number) =>
  withSeen('end a lost attempt', pick, async (known, model, { tables }) => {
    if (known.status !== 'running') return;
    const entry = model.executions.get(known.id);
    const to = entry === undefined ? 'failed' : predictLoss(entry);
    const isSame = isCurrent(entry, known) && entry.leaseUntilMs === known.leaseUntilMs;
    const isDoneAlready =
      to === 'queued' &&
      entry?.status === 'queued' &&
      entry.attempts === known.attempts &&
      entry.lane === known.lane;
    const isEnded = await tables.store.endLost(known, to, new Date(model.nowMs));
    expect(isEnded).toBe(isSame || isDoneAlready);
    if (isEnded && entry !== undefined) entry.status = to;
  });

const cancel = (pick: number) =>
  withSeen('cancel', pick, async (known, model, { tables }) => {
    const entry = model.executions.get(known.id);
    const isCancelled = await tables.store.cancel(known, new Date(model.nowMs), null);
    expect(isCancelled).toBe(isCurrent(entry, known));
    if (isCancelled && entry !== undefined) entry.status = 'cancelled';
  });

const requestCancel = (pick: number) =>
  withSeen('request cancel', pick, async (known, model, { tables }) => {
    await tables.store.requestCancel(known);
    const entry = model.executions.get(known.id);
    if (entry !== undefined) entry.isUnwanted = true;
  });

const wait = (ms: number) =>
  command(`wait ${ms}`, async (model) => {
    model.nowMs += ms;
  });

function completionOf(wallTimeMs: number, costUsd: number, nowMs: number) {
  return {
    ...{ outcome: 'succeeded' as const, exitCode: 0, signal: null, error: null },
    ...{
      truncated: { stdout: false, stderr: false },
      redactions: [],
      artifacts: [],
      sandboxStartMs: 4,
      costUsd,
    },
    usage: { wallTimeMs, cpuTimeMs: 1, peakMemoryMiB: 31, outputBytes: 0 },
    finishedAt: new Date(nowMs).toISOString(),
  };
}

/** Counted from the latest. */
const pick = fc.nat(9);
const wallTimeMs = fc.integer({ min: 100, max: 60_000 });
const route = fc.constantFrom<Execution['route']>(['wasm'], ['e2b', 'gvisor'], ['gvisor']);
const lane = fc.constantFrom<LaneName>('wasm', 'e2b', 'gvisor');
/** Sometimes more than was reserved. */
const costUsd = fc.nat(30_000_000).map((cost) => cost / 1e10);

const submitAny = fc.tuple(wallTimeMs, route).map((args) => submit(...args));
const claimInItsLane = pick.map((n) => claim(n, null));
const waitAny = fc.constantFrom(1, 10_000, 120_000).map(wait);

/** Everything that may happen to executions, in whatever order; what leads to further attempts comes more often. */
export const anyCommands: fc.Arbitrary<Command>[] = [
  submitAny,
  ...Array(12).fill(claimInItsLane),
  ...Array(8).fill(waitAny),
  ...Array(6).fill(pick.map(requeue)),
  fc.tuple(pick, fc.option(lane, { freq: 8 })).map(([n, at]) => claim(n, at)),
  pick.map(crash),
  fc.tuple(pick, wallTimeMs, costUsd).map((args) => complete(...args)),
  pick.map(handOver),
  pick.map(fail),
  pick.map(cancel),
  pick.map(requestCancel),
  ...Array(2).fill(pick.map(renew)),
  ...Array(5).fill(pick.map(endLost)),
  pick.map(withdraw),
  fc.tuple(pick, lane).map((args) => settle(...args)),
];
