import { callsOf, killAt } from '../support/faults/calls.ts';
import type { FaultRig, Submission } from '../support/faults/fault-rig.ts';
import { createStubBackend, unavailable } from '../support/faults/stub-backend.ts';

/** A moment at which a process of the service dies, and what becomes of the execution it was busy with. */
export interface KillPoint {
  name: string;
  submission?: Submission;
  arrange(rig: FaultRig): void;
  /** Left out: it completes. */
  end?: 'completed' | 'failed' | 'never was';
  /** One unless said otherwise. */
  attempts?: number;
  /** A reconciler that lived to tell sent its message. */
  isFoundByReconciler?: boolean;
}

const e2bFirst: Submission = { lanes: ['e2b', 'gvisor'] };

export const killPoints: KillPoint[] = [
  {
    name: 'before reserve',
    arrange: ({ dynamodb, kill }) =>
      killAt(dynamodb, kill, 'before', callsOf('submitter', 'TransactWriteItems')),
    end: 'never was',
  },
  {
    name: 'after reserve, before enqueue',
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'before', callsOf('submitter', 'SendMessage')),
    isFoundByReconciler: true,
  },
  {
    name: 'after reserve, and the client sends its request again',
    submission: { repeats: true },
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'before', callsOf('submitter', 'SendMessage')),
    isFoundByReconciler: true,
  },
  {
    name: 'after reserve, and so is the reconciler before it sends the message',
    arrange({ sqs, kill }) {
      killAt(sqs, kill, 'before', callsOf('submitter', 'SendMessage'));
      killAt(sqs, kill, 'before', callsOf('reconciler', 'SendMessage'));
    },
    isFoundByReconciler: true,
  },
  {
    name: 'after reserve, and so is the reconciler after it sent the message',
    arrange({ sqs, kill }) {
      killAt(sqs, kill, 'before', callsOf('submitter', 'SendMessage'));
      killAt(sqs, kill, 'after', callsOf('reconciler', 'SendMessage'));
    },
  },
  {
    name: 'after enqueue',
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'after', callsOf('submitter', 'SendMessage')),
  },
  {
    name: 'after enqueue, and the client sends its request again',
    submission: { repeats: true },
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'after', callsOf('submitter', 'SendMessage')),
  },
  {
    name: 'after claim',
    arrange: ({ dynamodb, kill }) => killAt(dynamodb, kill, 'after', callsOf('executor', 'UpdateItem')),
    attempts: 2,
  },
  {
    name: 'after claim, on a lane that repeats nothing that may have started',
    submission: e2bFirst,
    arrange: ({ dynamodb, kill }) => killAt(dynamodb, kill, 'after', callsOf('executor', 'UpdateItem')),
    end: 'failed',
  },
  {
    name: 'mid-run',
    arrange(rig) {
      rig.backends.wasm = createStubBackend('wasm', (run) => (run === 1 ? rig.kill() : undefined));
    },
    attempts: 2,
  },
  {
    name: 'mid-run, in each attempt',
    arrange(rig) {
      rig.backends.wasm = createStubBackend('wasm', () => rig.kill());
    },
    end: 'failed',
    attempts: 3,
  },
  {
    name: 'after the result, before settle',
    arrange: ({ dynamodb, kill }) =>
      killAt(dynamodb, kill, 'before', callsOf('executor', 'TransactWriteItems')),
    attempts: 2,
  },
  {
    name: 'mid-settle: it takes effect and its answer is lost',
    arrange: ({ dynamodb, kill }) =>
      killAt(dynamodb, kill, 'after', callsOf('executor', 'TransactWriteItems')),
  },
  {
    name: 'after a failed attempt is queued again',
    arrange(rig) {
      failFirstRun(rig, 'wasm');
      rig.dynamodb.inject({
        matches: callsOf('executor', 'UpdateItem'),
        skip: 1,
        reaction: { kind: 'cut', when: 'after', act: rig.kill },
      });
    },
    attempts: 2,
  },
  {
    name: 'between handing over and telling the next lane',
    submission: e2bFirst,
    arrange(rig) {
      failFirstRun(rig, 'e2b');
      killAt(rig.sqs, rig.kill, 'before', callsOf('executor', 'SendMessage'));
    },
    attempts: 2,
  },
  {
    name: 'after telling the next lane',
    submission: e2bFirst,
    arrange(rig) {
      failFirstRun(rig, 'e2b');
      killAt(rig.sqs, rig.kill, 'after', callsOf('executor', 'SendMessage'));
    },
    attempts: 2,
  },
  {
    name: 'a dead letter, before it is settled',
    arrange(rig) {
      dieOfThrowing(rig);
      killAt(rig.dynamodb, rig.kill, 'before', callsOf('settler', 'TransactWriteItems'));
    },
    end: 'failed',
    attempts: 3,
  },
  {
    name: 'a dead letter, after it is settled',
    arrange(rig) {
      dieOfThrowing(rig);
      killAt(rig.dynamodb, rig.kill, 'after', callsOf('settler', 'TransactWriteItems'));
    },
    end: 'failed',
    attempts: 3,
  },
];

function failFirstRun(rig: FaultRig, lane: 'wasm' | 'e2b'): void {
  rig.backends[lane] = createStubBackend(lane, (run) => {
    if (run === 1) throw unavailable();
  });
}

/** A defect of ours that every delivery meets. */
function dieOfThrowing(rig: FaultRig): void {
  rig.backends.wasm = createStubBackend('wasm', () => {
    throw new Error('a defect');
  });
}
