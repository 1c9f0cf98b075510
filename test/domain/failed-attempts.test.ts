import { expect, test } from '@jest/globals';
import type { FailedAttempt, Failure } from '../../shared/domain/execution.ts';
import { failedAttempts } from '../../shared/domain/failed-attempts.ts';

const now = new Date('2026-03-01T00:01:00.000Z');
const at = now.toISOString();
const failure: Failure = { code: 'backend_unavailable', message: 'E2B is down.' };
const startedAt = '2026-03-01T00:00:30.000Z';
const lost = { code: 'sandbox_lost', message: 'The attempt was lost before it ended.' };

function known(attempt: number): FailedAttempt {
  return { ...failure, attempt, backend: 'e2b', at: '2026-03-01T00:00:10.000Z' };
}

test('the attempt at hand is added to those before it', () => {
  const execution = {
    status: 'running',
    attempts: 2,
    backend: 'gvisor',
    startedAt,
    failures: [known(1)],
  } as const;

  expect(failedAttempts({ ...execution, failures: [known(1)] }, failure, now)).toEqual([
    known(1),
    { ...failure, attempt: 2, backend: 'gvisor', at },
  ]);
});

test('an attempt that succeeds adds nothing', () => {
  const execution = { status: 'running', attempts: 1, backend: 'wasm', startedAt, failures: [] } as const;
  expect(failedAttempts({ ...execution, failures: [] }, null, now)).toEqual([]);
});

test('attempts that nobody recorded were lost', () => {
  const execution = { status: 'running', attempts: 3, backend: 'wasm', startedAt } as const;

  expect(failedAttempts({ ...execution, failures: [known(1)] }, null, now)).toEqual([
    known(1),
    { ...lost, attempt: 2, backend: 'wasm', at: startedAt },
  ]);
});

test('an execution that fails in the queue has no attempt at hand', () => {
  const execution = { status: 'queued', attempts: 1, backend: 'e2b', startedAt } as const;
  expect(failedAttempts({ ...execution, failures: [known(1)] }, failure, now)).toEqual([known(1)]);
});
