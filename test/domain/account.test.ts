import { expect, test } from '@jest/globals';
import {
  type Account,
  chargedMs,
  currentAccount,
  defaultQuota,
  explainRefusal,
  openAccount,
  toNanoUsd,
} from '../../shared/domain/account.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const reservation = { executionMs: 30_000, costNanoUsd: 2_000_000 };
const fresh = openAccount('tenant#acme', defaultQuota, now);

test('a fresh account admits, and its period is as long as the quota says', () => {
  expect(explainRefusal(fresh, reservation, now)).toBeNull();
  expect(fresh.periodEnd).toBe('2026-03-31T00:00:00.000Z');
});

const refusals: [string, Partial<Account>, Record<string, unknown>][] = [
  ['executions', { executionsUsed: 1_000 }, { limit: 'executions', used: 1_000, allowed: 1_000 }],
  [
    'time that a reservation no longer fits in',
    { executionMsLeft: 29_999 },
    { limit: 'executionSeconds', allowed: 3_600 },
  ],
  [
    'money that a reservation no longer fits in',
    { costNanoUsdLimit: 5_000_000_000, costNanoUsdLeft: 1_999_999 },
    { limit: 'costUsd', allowed: 5, used: 4.998000001 },
  ],
  ['concurrent executions', { concurrentUsed: 50 }, { limit: 'concurrent', used: 50, resetAt: null }],
  ['a period that is over', { periodEnd: '2026-02-28T00:00:00.000Z' }, { kind: 'period_over' }],
];

test.each(refusals)('an account refuses for %s', (_, change, expected) => {
  expect(explainRefusal({ ...fresh, ...change }, reservation, now)).toMatchObject(expected);
});

test('an unlimited account is never over a limit', () => {
  const unlimited = {
    ...fresh,
    unlimited: true,
    executionsUsed: 1e9,
    executionMsLeft: -1e9,
    costNanoUsdLeft: -1e9,
    concurrentUsed: 1e6,
  };
  expect(explainRefusal(unlimited, reservation, now)).toBeNull();
});

test('a tenant without an account is told apart from one over its limit', () => {
  expect(explainRefusal(null, reservation, now)).toEqual({ kind: 'no_account' });
});

test.each([
  [12.2, 30_000, 13],
  [31_000, 30_000, 30_000],
  [0, 30_000, 0],
])('a run of %d ms with %d ms reserved is charged %d ms', (used, reserved, charged) => {
  expect(chargedMs(used, reserved)).toBe(charged);
});

test('an account whose period is over is shown as the next admission will make it', () => {
  const over = {
    ...fresh,
    ...{ executionsUsed: 900, concurrentUsed: 2, executionMsUsed: 5_000, executionMsReserved: 60_000 },
    ...{ costNanoUsdUsed: 7, costNanoUsdReserved: 5, periodEnd: now.toISOString() },
  };

  expect(currentAccount(over, now)).toMatchObject({
    ...{ executionsUsed: 2, concurrentUsed: 2, executionMsUsed: 0, executionMsReserved: 60_000 },
    ...{ costNanoUsdUsed: 0, costNanoUsdReserved: 5, executionMsLeft: 3_540_000 },
    ...{ periodStart: now.toISOString(), periodEnd: '2026-03-31T00:00:00.000Z' },
  });
  expect(currentAccount(fresh, now)).toBe(fresh);
});

test.each([
  [0.0000031, 3_100],
  [0.1 + 0.2, 300_000_000],
  [1e-10, 1],
  [0, 0],
])('%d dollars are %d billionths, rounded up', (usd, nanoUsd) => {
  expect(toNanoUsd(usd)).toBe(nanoUsd);
});
