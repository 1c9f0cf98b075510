import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import {
  createGuestPool,
  type GuestPool,
  type GuestPoolOptions,
  PoolClosed,
} from '../../../../functions/sandbox-host/pool/guest-pool.ts';
import { createGuestStarts, type GuestStarts } from '../../../support/fake-guest.ts';

let starts: GuestStarts;
let failures: number;

beforeEach(() => {
  jest.useFakeTimers();
  starts = createGuestStarts();
  failures = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

const settleMs = 50;

function createPool(warm: GuestPoolOptions['warm'], maxStarting = 2): GuestPool {
  return createGuestPool({
    startGuest: starts.startGuest,
    warm,
    maxStarting,
    settleMs,
    onRefillFailed: () => {
      failures += 1;
    },
  });
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** Lets refills succeed until the pool wants no more. */
async function fill(): Promise<void> {
  await pass(settleMs);
  for (; starts.pending.length > 0; await pass(settleMs)) starts.pending[0]?.succeed();
}

const pendingTemplates = () => starts.pending.map(({ template }) => template);

test('keeps as many guests of each template ready as it is told to', async () => {
  const pool = createPool({ python: 2, javascript: 1 });

  await fill();

  expect(pool.stock()).toEqual([
    { template: 'python', warm: 2, target: 2 },
    { template: 'javascript', warm: 1, target: 1 },
  ]);
  expect(starts.guests).toHaveLength(3);
  expect(failures).toBe(0);
});

test('refills one guest at a time, the emptiest template first', async () => {
  createPool({ python: 2, javascript: 1 });
  await pass(0);

  expect(pendingTemplates()).toEqual(['python']);
  starts.pending[0]?.succeed();
  await pass(0);
  expect(pendingTemplates()).toEqual(['javascript']);
});

test('hands out a waiting guest at once, the oldest first, and each only once', async () => {
  const pool = createPool({ python: 2 });
  await fill();

  const [first, second] = await Promise.all([pool.take('python'), pool.take('python')]);

  expect(first).toEqual({ guest: starts.guests[0], start: 'warm' });
  expect(second).toEqual({ guest: starts.guests[1], start: 'warm' });
});

test('replaces a taken guest after a quiet moment', async () => {
  const pool = createPool({ python: 1 });
  await fill();

  await pool.take('python');
  await pass(settleMs - 1);

  expect(starts.pending).toHaveLength(0);
  await pass(1);
  expect(starts.pending).toHaveLength(1);
});

test('does not put a refill off for ever under steady traffic', async () => {
  const pool = createPool({ python: 9 });
  await fill();

  for (let takes = 0; takes < 8; takes += 1) {
    await pool.take('python');
    await pass(settleMs - 10);
  }

  expect(starts.pending).toHaveLength(1);
});

test('starts a guest for a job when none waits', async () => {
  const pool = createPool({});

  const taken = pool.take('bash');
  await pass(0);
  const guest = starts.pending[0]?.succeed();

  expect(await taken).toEqual({ guest, start: 'cold' });
  expect(pool.stock()).toEqual([]);
});

test('gives a job the guest that is already starting', async () => {
  const pool = createPool({ python: 1 }, 1);
  await pass(0);

  const first = pool.take('python');
  const second = pool.take('python');
  await pass(0);
  expect(starts.pending.map(({ start }) => start)).toEqual(['warm']);
  const refill = starts.pending[0]?.succeed();
  await pass(0);
  const cold = starts.pending[0]?.succeed();

  expect(await first).toEqual({ guest: refill, start: 'warm' });
  expect(await second).toEqual({ guest: cold, start: 'cold' });
});

test('refills a shelf that is short at once, as many guests as may start, and calmly again when it has one', async () => {
  const pool = createPool({ python: 3 }, 2);
  await pass(0);
  const first = pool.take('python');
  await pass(0);
  const taken = [first, pool.take('python')];

  await pass(0);
  expect(starts.pending.map(({ start }) => start)).toEqual(['warm', 'warm']);
  const guests = [starts.pending[0]?.succeed(), starts.pending[0]?.succeed()];
  expect(await Promise.all(taken)).toEqual(guests.map((guest) => ({ guest, start: 'warm' })));
  await pass(0);
  expect(starts.pending).toHaveLength(2);

  for (const pending of [...starts.pending]) pending.succeed();
  await pass(0);
  expect(pool.stock()).toEqual([{ template: 'python', warm: 2, target: 3 }]);
  await pass(settleMs);
  expect(starts.pending).toHaveLength(1);
  starts.pending[0]?.succeed();
  await pass(0);
  await pool.take('python');
  await pass(settleMs - 1);
  expect(starts.pending).toHaveLength(0);
});

test('a shelf that is short does not wait for the quiet moment of another', async () => {
  const pool = createPool({ python: 2, javascript: 1 }, 2);
  await fill();
  await pool.take('python');
  await pool.take('javascript');

  const short = pool.take('javascript');
  await pass(0);

  expect(starts.pending.map(({ template, start }) => `${template} ${start}`).sort()).toEqual([
    'javascript cold',
    'javascript warm',
  ]);
  for (const pending of [...starts.pending]) pending.succeed();
  await short;
});

test('starts a guest for a job whose refill failed', async () => {
  const pool = createPool({ python: 1 }, 1);
  await pass(0);

  const taken = pool.take('python');
  starts.pending[0]?.fail();
  await pass(0);
  const guest = starts.pending[0]?.succeed();

  expect(await taken).toEqual({ guest, start: 'cold' });
  expect(failures).toBe(1);
});

test('bounds the starts under way; the other jobs wait for their turn', async () => {
  const pool = createPool({}, 2);

  const taken = [pool.take('python'), pool.take('bash'), pool.take('javascript')];
  await pass(0);

  expect(pendingTemplates()).toEqual(['python', 'bash']);
  const refused = expect(taken[0]).rejects.toThrow('no guest');
  starts.pending[0]?.fail();
  await refused;
  expect(pendingTemplates()).toEqual(['bash', 'javascript']);
  for (const pending of [...starts.pending]) pending.succeed();
  await Promise.all(taken.slice(1));
});

test('does not refill while a job waits for its start', async () => {
  const pool = createPool({ python: 1 });
  const taken = pool.take('bash');
  await pass(1_000);

  expect(pendingTemplates()).toEqual(['bash']);
  starts.pending[0]?.succeed();
  await taken;
  await pass(settleMs);
  expect(pendingTemplates()).toEqual(['python']);
});

test('tries a failed refill again, each time later', async () => {
  createPool({ python: 1 });
  const waits: number[] = [];

  for (let failed = 0; failed < 4; failed += 1) {
    let waitedMs = 0;
    for (; starts.pending.length === 0; waitedMs += 50) await pass(50);
    waits.push(waitedMs);
    starts.pending[0]?.fail();
    await pass(0);
  }

  expect(waits).toEqual([50, 250, 500, 1_000]);
  expect(failures).toBe(4);
});

test('never hands out a guest that ended while it waited', async () => {
  const pool = createPool({ python: 1 });
  await fill();

  starts.guests[0]?.end({ kind: 'lost', reason: 'crashed' });
  await pass(0);

  expect(pool.stock()).toEqual([{ template: 'python', warm: 0, target: 1 }]);
  await pass(250);
  const replacement = starts.pending[0]?.succeed();
  expect((await pool.take('python')).guest).toBe(replacement);
});

test('ends what waits and what starts when it closes, and gives nothing out any more', async () => {
  const pool = createPool({ python: 2 });
  await pass(0);
  const waiting = starts.pending[0]?.succeed();
  await pass(0);
  const starting = starts.pending[0];

  const closed = pool.close();
  await pass(0);
  expect(waiting?.isAlive()).toBe(false);
  const late = starting?.succeed();
  await closed;

  expect(late?.isAlive()).toBe(false);
  await expect(pool.take('python')).rejects.toThrow(PoolClosed);
  await pass(60_000);
  expect(starts.pending).toHaveLength(0);
  expect(failures).toBe(0);
});

test('waits, when it closes, for a start that a job waits for', async () => {
  const pool = createPool({});
  const taken = pool.take('python');
  await pass(0);
  let isClosed = false;

  const closed = pool.close().then(() => {
    isClosed = true;
  });
  await pass(1_000);

  expect(isClosed).toBe(false);
  starts.pending[0]?.succeed();
  await Promise.all([taken, closed]);
});
