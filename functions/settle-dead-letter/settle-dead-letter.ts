import type { LaneMessage } from '../../shared/contract/lane-message.ts';
import { type Execution, type Failure, isTerminal } from '../../shared/domain/execution.ts';
import { type LaneName, laneRules, maxDeliveries } from '../../shared/domain/lane.ts';
import { closedBackends } from '../../shared/domain/operator-settings.ts';
import { giveUpAfterMs, mayHaveLapsed, queueVisibilitySeconds } from '../../shared/domain/timing.ts';
import { endFailed } from '../../shared/executions/end-failed.ts';
import { endLostAttempt } from '../../shared/executions/end-lost-attempt.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';

export interface SettlePorts {
  store: ExecutionStore;
  queues: Partial<Record<LaneName, LaneQueue>>;
  settings: Pick<ControlSettings, 'readSettings'>;
  clock: Clock;
  /** Waits for so many ms. */
  pause: (ms: number) => Promise<void>;
}

const undeliverable: Failure = { code: 'internal', message: 'The execution could not be run.' };

/**
 * What becomes of the execution of a lane's dead message. Deliveries may have died without an attempt, in an outage or with
 * their executor: within the first hour it is sent again while it has an attempt left. So is one that waits for its lane
 * to be opened, whatever its age. For one that has moved on to another lane, that lane is told again, in case it never was.
 * Every other one is failed, and its reservation released.
 * False: an attempt still holds it or just changed it, so the message must come again.
 */
export async function settleDeadLetter(
  ports: SettlePorts,
  lane: LaneName,
  { executionId, secretsKey }: Pick<LaneMessage, 'executionId' | 'secretsKey'>,
): Promise<boolean> {
  const { store, queues, settings, clock } = ports;
  const execution = await store.load(executionId);
  if (execution === null || isTerminal(execution.status)) return true;
  const isElsewhere = execution.lane !== lane;
  const mustBeTold =
    execution.status === 'queued' &&
    (isElsewhere || mayStillRun(execution, clock()) || (await wasClosed(settings, lane, clock())));
  if (mustBeTold) await queues[execution.lane]?.send(execution.id, secretsKey);
  if (mustBeTold || isElsewhere) return true;
  if (execution.status === 'running') {
    if (!mayHaveLapsed(execution.leaseUntilMs, clock())) return false;
    const end = await endLostAttempt(ports, execution);
    if (end === 'queued') await queues[lane]?.send(execution.id, secretsKey);
    return end !== false;
  }
  return (await endFailed(store, execution, execution.failure ?? undeliverable, clock())) !== false;
}

function mayStillRun({ lane, attempts, createdAt }: Execution, now: Date): boolean {
  const isYoung = now.getTime() - Date.parse(createdAt) < giveUpAfterMs;
  return isYoung && attempts < laneRules[lane].maxAttempts;
}

/** A message that died now was first delivered this long ago at most; what it met since may have been a closed lane. */
async function wasClosed(settings: SettlePorts['settings'], lane: LaneName, now: Date): Promise<boolean> {
  const { value, changedAt } = await settings.readSettings();
  if (closedBackends(value).includes(lane)) return true;
  const lifetimeMs = maxDeliveries(lane) * queueVisibilitySeconds * 1000;
  return changedAt !== null && Date.parse(changedAt) > now.getTime() - lifetimeMs;
}
