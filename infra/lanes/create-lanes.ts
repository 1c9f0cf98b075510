import type { Construct } from 'constructs';
import { deadLetterVariables, queueVariables } from '../../shared/contract/environment.ts';
import type { LaneName } from '../../shared/domain/lane.ts';
import type { E2bPlan } from '../config.ts';
import type { Callbacks } from '../constructs/callbacks.ts';
import type { ExecutionStorage } from '../constructs/executor.ts';
import type { Lane } from '../constructs/lane.ts';
import { E2bLane } from './e2b-lane.ts';
import { GvisorLane } from './gvisor-lane.ts';
import { WasmLane } from './wasm-lane.ts';

export interface LanesProps {
  storage: ExecutionStorage;
  callbacks: Callbacks;
  lanes: readonly LaneName[];
  e2bPlan: E2bPlan;
  runscSha512?: string | undefined;
}

/** The lanes of a deployment: queue, dead letters, executor and backend each. */
export function createLanes(
  scope: Construct,
  { storage, callbacks, lanes, e2bPlan, runscSha512 }: LanesProps,
): Lane[] {
  const wasm = lanes.includes('wasm') ? new WasmLane(scope, { storage, callbacks }) : undefined;
  const gvisor = lanes.includes('gvisor') ? new GvisorLane(scope, { storage, runscSha512 }) : undefined;
  const e2b = lanes.includes('e2b')
    ? new E2bLane(scope, { storage, callbacks, plan: e2bPlan, fallback: gvisor })
    : undefined;
  return [wasm, e2b, gvisor].filter((lane) => lane !== undefined);
}

type Variables<Names extends string> = Partial<Record<Names, string>>;

export function queueUrls(lanes: readonly Lane[]): Variables<(typeof queueVariables)[LaneName]> {
  return Object.fromEntries(lanes.map(({ name, queue }) => [queueVariables[name], queue.queueUrl]));
}

export function deadLetterArns(lanes: readonly Lane[]): Variables<(typeof deadLetterVariables)[LaneName]> {
  return Object.fromEntries(
    lanes.map(({ name, deadLetters }) => [deadLetterVariables[name], deadLetters.queueArn]),
  );
}
