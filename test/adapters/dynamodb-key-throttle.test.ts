import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { createDynamoKeyThrottle } from '../../shared/adapters/dynamodb-key-throttle.ts';
import type { KeyThrottle } from '../../shared/ports/key-throttle.ts';
import { type LocalTables, startLocalTables } from '../support/local-tables.ts';

const start = Date.parse('2026-03-01T00:00:00.000Z');
let tables: LocalTables;
let nowMs: number;
let keyId: string;

beforeAll(async () => {
  tables = await startLocalTables(() => new Date(nowMs));
});
afterAll(() => tables.close());

beforeEach(() => {
  nowMs = start;
  keyId = ulid();
});

const clock = () => new Date(nowMs);
const instance = (client = tables.client): KeyThrottle =>
  createDynamoKeyThrottle({ client, ledgerTable: 'ledger', clock });

/** Sends requests one after the other, as an instance serves them; answers how many passed. */
async function send(throttle: KeyThrottle, requests: number, { burst = 100, ratePerSecond = 50 } = {}) {
  let admitted = 0;
  for (let request = 0; request < requests; request += 1) {
    const decision = await throttle.admit(keyId, { burst, ratePerSecond });
    await decision.standing;
    if (decision.isAdmitted) admitted += 1;
  }
  return admitted;
}

test.each([
  [1, 1],
  [7, 1],
  [25, 3],
  [100, 8],
  [100, 20],
])(
  'of requests that race for a burst of %d on %d instances, the burst passes and at most one more for each instance',
  async (burst, instances) => {
    const each = Math.ceil((4 * burst) / instances);
    const limits = { burst, ratePerSecond: 0.01 };

    const admitted = await Promise.all(
      Array.from({ length: instances }, () => send(instance(), each, limits)),
    );

    const sum = admitted.reduce((total, count) => total + count, 0);
    expect(sum).toBeGreaterThanOrEqual(burst);
    expect(sum).toBeLessThanOrEqual(burst + instances);
  },
);

test('a burst that is used up comes back at the rate, and no further than the burst', async () => {
  const throttle = instance();
  expect(await send(throttle, 200)).toBe(100);
  const refused = await throttle.admit(keyId, { burst: 100, ratePerSecond: 50 });
  expect(refused).toMatchObject({
    isAdmitted: false,
    waitMs: 20,
    standing: { remaining: 0, resetSeconds: 2 },
  });

  nowMs += 100;
  expect(await send(throttle, 50)).toBe(5);
  nowMs += 3_600_000;
  expect(await send(throttle, 200)).toBe(100);
});

test('what one instance used is gone for the others, and keys have nothing to do with each other', async () => {
  await send(instance(), 200);
  const other = instance();
  expect(await send(other, 50)).toBe(1);

  keyId = ulid();
  expect(await send(other, 50)).toBe(50);
});

test('the first request of an idle key does not wait for the count', async () => {
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { client } = tables;
  const slow = { send: (command: never) => held.then(() => client.send(command)) } as typeof client;

  const decision = await instance(slow).admit(keyId, { burst: 10, ratePerSecond: 1 });

  expect(decision.isAdmitted).toBe(true);
  answer();
  expect(await decision.standing).toEqual({ remaining: 9, resetSeconds: 1 });
});

test('a busy key costs a call for many requests, not one for each', async () => {
  let calls = 0;
  const { client } = tables;
  const counting = (command: never) => {
    calls += 1;
    return client.send(command);
  };
  const throttle = instance({ send: counting } as typeof client);

  expect(await send(throttle, 500, { burst: 1_000, ratePerSecond: 500 })).toBe(500);

  // 1, 2, 4 … 64, then 100 at a time; each but the first finds a queue and needs a second write.
  expect(calls).toBeLessThanOrEqual(24);
});
