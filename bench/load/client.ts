import { setTimeout as delay } from 'node:timers/promises';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import type { Recorder } from './recorder.ts';
import { choose, type Program } from './scenario.ts';

const firstPauseMs = 250;
const longestPauseMs = 2_000;
/** Each pause is this much shorter or longer: clients that are nobody's parts don't ask in step. */
const jitter = 0.5;
/** Later than this, an execution counts as lost. */
const patienceMs = 120_000;

/** One client: sends a program, asks for its end from time to time, and sends the next one. Until the deadline. */
export async function beClient(
  client: CordonClient,
  scenario: readonly Program[],
  recorder: Recorder,
  deadlineMs: number,
): Promise<void> {
  while (performance.now() < deadlineMs) {
    const program = choose(scenario);
    try {
      await runOne(client, program, recorder);
    } catch (error) {
      recorder.error('ours', `lost connection: ${nameOf(error)}`);
      await delay(firstPauseMs);
    }
  }
}

async function runOne(client: CordonClient, program: Program, recorder: Recorder): Promise<void> {
  const startedMs = performance.now();
  const answer = await client.submit(program.request);
  if (!answer.ok) {
    const { code, status } = answer.problem;
    const isExpected = 'refusal' in program.expected && program.expected.refusal === code;
    const isRefusal = status < 500 && (isExpected || status === 429);
    recorder.error(isRefusal ? 'expected' : 'ours', isRefusal ? code : `${program.name}: ${status} ${code}`);
    if (status === 429) await delay(Number(answer.headers.get('retry-after') ?? 1) * 1000);
    return;
  }
  recorder.admission(performance.now() - startedMs);
  recorder.admitted.add(answer.body.id);
  const ended = await waitForEnd(client, answer.body, startedMs);
  if (ended === null) return recorder.error('ours', `${program.name}: no end in ${patienceMs / 1000} s`);
  recorder.end(performance.now() - startedMs);
  if (!isRight(program, ended)) {
    recorder.error('ours', `${program.name}: ${ended.status} ${ended.outcome ?? ended.failure?.code}`);
  }
}

async function waitForEnd(
  client: CordonClient,
  { id }: ExecutionView,
  startedMs: number,
): Promise<ExecutionView | null> {
  for (let pauseMs = firstPauseMs; performance.now() - startedMs < patienceMs; ) {
    await delay(pauseMs * (1 - jitter + 2 * jitter * Math.random()));
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.5);
    const answer = await client.get(id);
    if (!answer.ok) {
      if (answer.status !== 429) throw new Error(`GET: ${answer.status} ${answer.problem.code}`);
    } else if (answer.body.finishedAt !== null) return answer.body;
  }
  return null;
}

function isRight({ expected }: Program, { outcome, stdout }: ExecutionView): boolean {
  if ('refusal' in expected) return false;
  return expected.outcome === outcome && (expected.stdout === undefined || expected.stdout === stdout);
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
