import { unreachable } from '../../shared/domain/cordon-error.ts';
import type { Execution, Failure } from '../../shared/domain/execution.ts';
import { lostAttempt } from '../../shared/domain/failed-attempts.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import { closedBackends } from '../../shared/domain/operator-settings.ts';
import { endFailed } from '../../shared/executions/end-failed.ts';
import { endLostAttempt } from '../../shared/executions/end-lost-attempt.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ControlSettings } from '../../shared/ports/control-settings.ts';
import type { ExecutionStore } from '../../shared/ports/execution-store.ts';
import type { LaneQueue } from '../../shared/ports/lane-queue.ts';
import type { OpenExecution, OpenExecutions } from '../../shared/ports/open-executions.ts';
import { judge, type Situation, type Verdict, youngestMs } from './judge.ts';

export interface ReconcilePorts {
  store: Pick<ExecutionStore, 'endLost' | 'isCancelRequested' | 'fail' | 'cancel'>;
  open: OpenExecutions;
  queues: Partial<Record<LaneName, LaneQueue>>;
  settings: Pick<ControlSettings, 'readSettings'>;
  clock: Clock;
  /** Waits for so many ms. */
  pause: (ms: number) => Promise<void>;
}

type Repair = 'resent' | 'failed' | 'cancelled';

/** Ids of the executions that were repaired, by how; and those that could not be, this time. */
export type Reconciliation = Record<Repair, string[]> & { errors: { id: string; error: unknown }[] };

/**
 * Repairs executions that nothing drives any more: their message was lost, or their executor and its message. A message
 * too many is harmless, because only one attempt is made at a time; so whoever waits too long is sent again.
 */
export async function reconcileExecutions(ports: ReconcilePorts): Promise<Reconciliation> {
  const { value: settings, changedAt } = await ports.settings.readSettings();
  const closed = closedBackends(settings);
  const now = ports.clock();
  const situationOf = ({ lane }: Execution): Situation => ({
    now,
    hasLane: ports.queues[lane] !== undefined,
    isLaneClosed: closed.includes(lane),
    settingsChangedAt: changedAt === null ? null : new Date(changedAt),
  });

  const done: Reconciliation = { resent: [], failed: [], cancelled: [], errors: [] };
  const repairOne = async (id: string) => {
    try {
      const open = await ports.open.find(id);
      if (open === null) return;
      const repair = await repairBy(ports, open, judge(open, situationOf(open.execution)));
      if (repair !== null) done[repair].push(id);
    } catch (error) {
      done.errors.push({ id, error });
    }
  };
  // The proof that an attempt is lost takes a while: all are watched at once.
  const repairs: Promise<void>[] = [];
  const walk = async (ids: AsyncIterable<string>) => {
    for await (const id of ids) repairs.push(repairOne(id));
  };
  await Promise.all(ports.open.listIds(new Date(now.getTime() - youngestMs)).map(walk));
  await Promise.all(repairs);
  return done;
}

async function repairBy(
  ports: ReconcilePorts,
  open: OpenExecution,
  verdict: Verdict,
): Promise<Repair | null> {
  const { execution } = open;
  switch (verdict) {
    case 'leave':
      return null;
    case 'send':
      return send(ports, open);
    case 'end lost attempt':
      return endLost(ports, execution);
    case 'no attempt left':
      return end(ports, execution, execution.failure ?? lostAttempt);
    case 'no way to send':
      return end(ports, execution, messageLost);
    default:
      return unreachable(verdict);
  }
}

/** Noted first: of several reconcilers one sends, and a message that is not sent after all is noticed later. */
async function send(ports: ReconcilePorts, queued: OpenExecution): Promise<Repair | null> {
  if (!(await ports.open.noteResent(queued, ports.clock()))) return null;
  const { id, lane } = queued.execution;
  await ports.queues[lane]?.send(id);
  return 'resent';
}

/** With secrets there is nothing to send: its own message may still come, else it is given up later. */
async function endLost(ports: ReconcilePorts, execution: Execution): Promise<Repair | null> {
  const end = await endLostAttempt(ports, execution);
  if (end !== 'queued') return end === false ? null : end;
  const open = await ports.open.find(execution.id);
  return open === null || open.hasSecrets ? null : send(ports, open);
}

async function end(ports: ReconcilePorts, execution: Execution, failure: Failure): Promise<Repair | null> {
  const ended = await endFailed(ports.store, execution, failure, ports.clock());
  return ended === false ? null : ended;
}

const messageLost: Failure = { code: 'internal', message: 'Its message was lost and can not be sent again.' };
