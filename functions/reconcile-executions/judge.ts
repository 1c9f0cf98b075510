import type { Execution } from '../../shared/domain/execution.ts';
import { laneRules } from '../../shared/domain/lane.ts';
import { giveUpAfterMs, mayHaveLapsed, queueVisibilitySeconds } from '../../shared/domain/timing.ts';
import type { OpenExecution } from '../../shared/ports/open-executions.ts';

/**
 * What silence means, from the last sign of a queued execution: its admission, a failed attempt, a change of the operator
 * settings, a message that was sent again. The pause doubles, so that a lane that is far behind gets few duplicates.
 *
 *   |-- 15 min --| sent again |------ 15 min ------| sent again |------------ 30 min ------------| …
 *   |---------------------- 60 min ----------------------| given up, where it can't be sent again
 */
const noticeAfterMs = 15 * 60_000;

/** Younger than this an execution needs no look: it may be in its first lease, whose message is still to come again. */
export const youngestMs = queueVisibilitySeconds * 1000;

export type Verdict = 'leave' | 'send' | 'end lost attempt' | 'no attempt left' | 'no way to send';

export interface Situation {
  now: Date;
  /** Whether the execution's lane is in this deployment. */
  hasLane: boolean;
  isLaneClosed: boolean;
  settingsChangedAt: Date | null;
}

/** What to do with an execution that is not over. */
export function judge(open: OpenExecution, situation: Situation): Verdict {
  const { execution, hasSecrets, resentAt } = open;
  const { now, hasLane, isLaneClosed, settingsChangedAt } = situation;
  if (execution.status === 'running') return isAbandoned(execution, now) ? 'end lost attempt' : 'leave';
  if (isLaneClosed) return 'leave';

  const createdMs = Date.parse(execution.createdAt);
  const signsMs = [createdMs, ...execution.failures.map(({ at }) => Date.parse(at))];
  const lastSignMs = Math.max(...signsMs, resentAt?.getTime() ?? 0, settingsChangedAt?.getTime() ?? 0);
  const silentMs = now.getTime() - lastSignMs;
  if (silentMs < noticeAfterMs) return 'leave';
  if (execution.attempts >= laneRules[execution.lane].maxAttempts) return 'no attempt left';
  if (hasSecrets || !hasLane) return silentMs < giveUpAfterMs ? 'leave' : 'no way to send';
  const waitedWhenSentMs = resentAt === null ? 0 : resentAt.getTime() - createdMs;
  return silentMs < waitedWhenSentMs ? 'leave' : 'send';
}

/** Its message has had the time to come again and find the lease run out: it didn't. */
function isAbandoned({ leaseUntilMs }: Execution, now: Date): boolean {
  const lapsedForMs = now.getTime() - (leaseUntilMs ?? 0);
  const isRecent = lapsedForMs > 0 && lapsedForMs < queueVisibilitySeconds * 1000;
  return mayHaveLapsed(leaseUntilMs, now) && !isRecent;
}
