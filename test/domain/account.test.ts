import { expect, test } from '@jest/globals';
import {
  type Account,
  chargedMs,
  defaultQuota,
  explainRefusal,
  openAccount,
} from '../../shared/domain/account.ts';

const now = new Date('2026-03-01T00:00:00.000Z');
const fresh = openAccount('tenant#acme', defaultQuota, now);

test('a fresh account admits, and its period is as long as the quota says', () => {
  expect(explainRefusal(fresh, 30_000, now)).toBeNull();
  expect(fresh.periodEnd).toBe('2026-03-31T00:00:00.000Z');
});

const refusals: [string, Partial<Account>, Record<string, unknown>][] = [
  ['executions', { executionsUsed: 1_000 }, { limit: 'executions', used: 1_000, allowed: 1_000 }],
  [
    'time that a reservation no longer fits in',
    { executionMsLeft: 29_999 },
    { limit: 'executionSeconds', allowed: 3_600 },
  ],
  ['concurrent executions', { concurrentUsed: 50 }, { limit: 'concurrent', used: 50, resetAt: null }],
  ['a period that is over', { periodEnd: '2026-02-28T00:00:00.000Z' }, { kind: 'period_over' }],
];

test.each(refusals)('an account refuses for %s', (_, change, expected) => {
  expect(explainRefusal({ ...fresh, ...change }, 30_000, now)).toMatchObject(expected);
});

test('an unlimited account is never over a limit', () => {
  const unlimited = {
    ...fresh,
    unlimited: true,
    executionsUsed: 1e9,
    executionMsLeft: -1e9,
    concurrentUsed: 1e6,
  };
  expect(explainRefusal(unlimited, 30_000, now)).toBeNull();
});

test('a tenant without an account is told apart from one over its limit', () => {
  expect(explainRefusal(null, 1, now)).toEqual({ kind: 'no_account' });
});

test.each([
  [12.2, 30_000, 13],
  [31_000, 30_000, 30_000],
  [0, 30_000, 0],
])('a run of %d ms with %d ms reserved is charged %d ms', (used, reserved, charged) => {
  expect(chargedMs(used, reserved)).toBe(charged);
});
