import { expect, test } from '@jest/globals';
import { judge, type Situation, type Verdict } from '../../../functions/reconcile-executions/judge.ts';
import type { Execution, FailedAttempt } from '../../../shared/domain/execution.ts';
import type { OpenExecution } from '../../../shared/ports/open-executions.ts';
import { sampleExecution } from '../../support/sample-execution.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

function queued(age: number, change: Partial<Execution> = {}): Execution {
  return sampleExecution({ createdAt: minutesAgo(age).toISOString(), ...change });
}

function running(leaseLeftSeconds: number): Execution {
  return queued(30, {
    status: 'running',
    attempts: 1,
    leaseUntilMs: now.getTime() + leaseLeftSeconds * 1000,
  });
}

const failedAt = (age: number): FailedAttempt => ({
  code: 'backend_unavailable',
  message: 'Busy.',
  attempt: 1,
  backend: 'wasm',
  at: minutesAgo(age).toISOString(),
});

type Case = [string, Execution, Verdict, (Partial<OpenExecution> & Partial<Situation>)?];
const secret = { hasSecrets: true };

test.each<Case>([
  ['waits for a moment', queued(14), 'leave'],
  ['waits for longer than any message does', queued(16), 'send'],
  ['failed a moment ago', queued(60, { attempts: 1, failures: [failedAt(10)] }), 'leave'],
  ['failed long ago', queued(60, { attempts: 1, failures: [failedAt(20)] }), 'send'],
  ['was sent again a moment ago', queued(40), 'leave', { resentAt: minutesAgo(10) }],
  ['was sent again as long ago as it had waited then', queued(40), 'send', { resentAt: minutesAgo(20) }],
  ['has waited for long and was sent again since', queued(90), 'leave', { resentAt: minutesAgo(40) }],
  ['waits for a closed lane', queued(600), 'leave', { isLaneClosed: true }],
  ['waited until its lane was opened', queued(600), 'leave', { settingsChangedAt: minutesAgo(5) }],
  ['has no attempt left', queued(60, { attempts: 3, failures: [failedAt(20)] }), 'no attempt left'],
  ['has no attempt left since a moment', queued(60, { attempts: 3, failures: [failedAt(5)] }), 'leave'],
  ['has secrets and waits', queued(59), 'leave', secret],
  ['has secrets and waits for too long', queued(61), 'no way to send', secret],
  ['has a lane that is gone', queued(61), 'no way to send', { hasLane: false }],
  ['runs', running(20), 'leave'],
  ['lost its executor just now', running(-60), 'leave'],
  ['lost its executor and its message', running(-120), 'end lost attempt'],
  ['was claimed by a clock that was ahead', running(280), 'end lost attempt'],
])('an execution that %s', (_, execution, expected, change = {}) => {
  const situation = { now, hasLane: true, isLaneClosed: false, settingsChangedAt: null };
  const open = { execution, hasSecrets: false, resentAt: null };

  expect(judge({ ...open, ...change }, { ...situation, ...change })).toBe(expected);
});
