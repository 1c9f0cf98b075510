import { type Account, accountsOf, chargedMs, toNanoUsd } from '../../shared/domain/account.ts';
import { type Execution, isTerminal } from '../../shared/domain/execution.ts';
import { laneRules } from '../../shared/domain/lane.ts';

/** Everything that is stored of executions and of what they were charged. */
export interface Records {
  executions: readonly Execution[];
  /** Of tenants and end users, within the period that all of their executions were admitted in. */
  accounts: readonly Account[];
}

type Counters = Pick<
  Account,
  | 'executionsUsed'
  | 'concurrentUsed'
  | 'executionMsReserved'
  | 'executionMsUsed'
  | 'executionMsLeft'
  | 'costNanoUsdReserved'
  | 'costNanoUsdUsed'
  | 'costNanoUsdLeft'
>;

/**
 * Says in a line each what is wrong once a service has come to rest: an execution that was `admitted` and is missing, one
 * that isn't terminal or owes its callback, one with more attempts than its lanes allow, a counter of an account that isn't what the
 * records add up to. Counters are held against the records as they are, open ones included.
 */
export function findBreaches({ executions, accounts }: Records, admitted: Iterable<string>): string[] {
  const ids = new Set(executions.map(({ id }) => id));
  return [
    ...[...admitted].filter((id) => !ids.has(id)).map((id) => `${id} is missing`),
    ...executions.filter(({ status }) => !isTerminal(status)).map(({ id, status }) => `${id} is ${status}`),
    ...executions.filter(owesCallback).map(({ id }) => `${id} owes its callback`),
    ...executions.filter(hasTooManyAttempts).map(({ id, attempts }) => `${id} had ${attempts} attempts`),
    ...accounts.flatMap((account) => findWrongCounters(account, executions)),
  ];
}

/** What an account has to say, given its quota and all of its executions. */
export function countersOf(
  { executionMsLimit, costNanoUsdLimit }: Pick<Account, 'executionMsLimit' | 'costNanoUsdLimit'>,
  executions: readonly Execution[],
): Counters {
  const open = executions.filter(({ status }) => !isTerminal(status));
  const charged = executions.filter(({ status, usage }) => isTerminal(status) && usage !== null);
  const executionMsReserved = sum(open.map(({ limits }) => limits.wallTimeMs));
  const executionMsUsed = sum(
    charged.map(({ usage, limits }) => chargedMs(usage?.wallTimeMs ?? 0, limits.wallTimeMs)),
  );
  const costNanoUsdReserved = sum(open.map(({ costReservedNanoUsd }) => costReservedNanoUsd));
  const costNanoUsdUsed = sum(charged.map(({ costUsd }) => toNanoUsd(costUsd ?? 0)));
  return {
    executionsUsed: open.length + charged.length,
    concurrentUsed: open.length,
    executionMsReserved,
    executionMsUsed,
    executionMsLeft: executionMsLimit - executionMsReserved - executionMsUsed,
    costNanoUsdReserved,
    costNanoUsdUsed,
    costNanoUsdLeft: costNanoUsdLimit - costNanoUsdReserved - costNanoUsdUsed,
  };
}

function findWrongCounters(account: Account, executions: readonly Execution[]): string[] {
  const own = executions.filter((execution) =>
    accountsOf(execution).some(([, name]) => name === account.account),
  );
  return Object.entries(countersOf(account, own)).flatMap(([name, expected]) => {
    const counted = account[name as keyof Counters];
    return counted === expected ? [] : [`${account.account}: ${name} is ${counted}, not ${expected}`];
  });
}

function owesCallback({ status, callback }: Execution): boolean {
  return isTerminal(status) && callback?.status === 'waiting';
}

function hasTooManyAttempts({ attempts, lane, route }: Execution): boolean {
  return attempts > Math.max(...[lane, ...route].map((name) => laneRules[name].maxAttempts));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
