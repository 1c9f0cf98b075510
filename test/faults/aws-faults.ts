import { answerLost, conflicting, serverError, throttled } from '../support/faults/calls.ts';
import type { Fault } from '../support/faults/fault-proxy.ts';
import type { FaultRig, Submission } from '../support/faults/fault-rig.ts';
import type { Role } from '../support/faults/processes.ts';
import { createStubBackend, unavailable } from '../support/faults/stub-backend.ts';

/** DynamoDB or SQS misbehaves for some calls, and what becomes of the execution. */
export interface AwsFault {
  name: string;
  submission?: Submission;
  arrange?(rig: FaultRig): void;
  of: 'dynamodb' | 'sqs';
  calls: readonly [role: Role, operation: string];
  /** Such calls that are left alone first. */
  skip?: number;
  times: number;
  reaction: Fault['reaction'];
  end: 'completed' | 'failed' | 'never was';
  attempts?: number;
  /** Its message was never sent: only the reconciler finds it. */
  isFoundByReconciler?: boolean;
}

const e2bFirst: Submission = { lanes: ['e2b', 'gvisor'] };
/** As often as the SDK tries by itself. */
const outlastingDynamoDb = 4;
const outlastingSqs = 3;
/** One more than our own repetitions. */
const conflictsOutlasting = 9;

const admission = { of: 'dynamodb', calls: ['submitter', 'TransactWriteItems'] } as const;
const claim = { of: 'dynamodb', calls: ['executor', 'UpdateItem'] } as const;
const settling = { of: 'dynamodb', calls: ['executor', 'TransactWriteItems'] } as const;
const enqueueing = { of: 'sqs', calls: ['submitter', 'SendMessage'] } as const;
const failsOnce = (lane: 'wasm' | 'e2b') => (rig: FaultRig) => {
  rig.backends[lane] = createStubBackend(lane, (run) => {
    if (run === 1) throw unavailable();
  });
};

export const awsFaults: AwsFault[] = [
  { name: 'an admission is throttled once', ...admission, times: 1, reaction: throttled, end: 'completed' },
  {
    name: 'an admission is throttled for long',
    ...admission,
    times: outlastingDynamoDb,
    reaction: throttled,
    end: 'never was',
  },
  { name: 'an admission meets conflicts', ...admission, times: 4, reaction: conflicting, end: 'completed' },
  {
    name: 'an admission meets one conflict after the other',
    ...admission,
    times: conflictsOutlasting,
    reaction: conflicting,
    end: 'never was',
  },
  {
    name: 'the answer of an admission is lost',
    ...admission,
    times: 1,
    reaction: answerLost,
    end: 'completed',
  },
  {
    name: 'the answer of an admission is lost each time',
    ...admission,
    times: outlastingDynamoDb,
    reaction: answerLost,
    end: 'completed',
    isFoundByReconciler: true,
  },
  { name: 'a message is refused once', ...enqueueing, times: 1, reaction: serverError, end: 'completed' },
  {
    name: 'a message is refused for long',
    ...enqueueing,
    times: outlastingSqs,
    reaction: serverError,
    end: 'never was',
  },
  {
    name: 'a message is sent and its answer lost each time: withdrawn, its messages find nothing',
    ...enqueueing,
    times: outlastingSqs,
    reaction: answerLost,
    end: 'never was',
  },
  { name: 'a claim is throttled once', ...claim, times: 1, reaction: throttled, end: 'completed' },
  {
    name: 'a claim is throttled for long',
    ...claim,
    times: outlastingDynamoDb,
    reaction: throttled,
    end: 'completed',
  },
  {
    name: 'the answer of a claim is lost: its own lease has to run out first',
    ...claim,
    times: 1,
    reaction: answerLost,
    end: 'completed',
    attempts: 2,
  },
  { name: 'settling is throttled once', ...settling, times: 1, reaction: throttled, end: 'completed' },
  {
    name: 'settling is throttled for long',
    ...settling,
    times: outlastingDynamoDb,
    reaction: throttled,
    end: 'completed',
    attempts: 2,
  },
  { name: 'settling meets conflicts', ...settling, times: 4, reaction: conflicting, end: 'completed' },
  { name: 'the answer of settling is lost', ...settling, times: 1, reaction: answerLost, end: 'completed' },
  {
    name: 'the answer of settling is lost each time',
    ...settling,
    times: outlastingDynamoDb,
    reaction: answerLost,
    end: 'completed',
  },
  {
    name: 'the answer of queueing again is lost',
    arrange: failsOnce('wasm'),
    of: 'dynamodb',
    calls: ['executor', 'UpdateItem'],
    skip: 1,
    times: 1,
    reaction: answerLost,
    end: 'completed',
    attempts: 2,
  },
  {
    name: 'the answer of handing over is lost',
    submission: e2bFirst,
    arrange: failsOnce('e2b'),
    of: 'dynamodb',
    calls: ['executor', 'UpdateItem'],
    skip: 1,
    times: 1,
    reaction: answerLost,
    end: 'completed',
    attempts: 2,
  },
  {
    name: 'the next lane can not be told for long',
    submission: e2bFirst,
    arrange: failsOnce('e2b'),
    of: 'sqs',
    calls: ['executor', 'SendMessage'],
    times: outlastingSqs,
    reaction: serverError,
    end: 'completed',
    attempts: 2,
  },
];
