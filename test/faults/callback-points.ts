import type { Status } from '../../shared/domain/execution.ts';
import { callsOf, killAt } from '../support/faults/calls.ts';
import type { FaultRig, Submission } from '../support/faults/fault-rig.ts';
import { createStubBackend } from '../support/faults/stub-backend.ts';

/** What befalls an execution with a callback, from its end on. However it goes, the callback is delivered. */
export interface CallbackPoint {
  name: string;
  submission?: Omit<Submission, 'callsBack'>;
  arrange(rig: FaultRig): void;
  /** Left out: it completes. */
  end?: Status;
  /** The receiver gets it this often at least: once unless said otherwise. */
  posts?: number;
  /** Each hit waits by the real clock, or takes many attempts. */
  isSlow?: boolean;
}

export const callbackPoints: CallbackPoint[] = [
  { name: 'when nothing happens', arrange: () => {} },
  {
    name: 'when the executor is killed after the end, before it asks for the callback',
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'before', callsOf('executor', 'SendMessage')),
  },
  {
    name: 'when the executor is killed after it asked for the callback',
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'after', callsOf('executor', 'SendMessage')),
  },
  {
    name: 'when the answer to the end is lost',
    arrange: ({ dynamodb, kill }) =>
      killAt(dynamodb, kill, 'after', callsOf('executor', 'TransactWriteItems')),
  },
  {
    name: 'when its lane has no way to the queue',
    submission: { lanes: ['gvisor'] },
    arrange: () => {},
  },
  {
    name: 'when it is cancelled',
    submission: { cancels: true },
    arrange: () => {},
    end: 'cancelled',
  },
  {
    name: 'when it is cancelled, and who does it is killed before it asks for the callback',
    submission: { cancels: true },
    arrange: ({ sqs, kill }) => killAt(sqs, kill, 'before', callsOf('canceller', 'SendMessage')),
    end: 'cancelled',
  },
  {
    name: 'when its dead letter is settled, and the settler is killed before it asks for the callback',
    arrange(rig) {
      rig.backends.wasm = createStubBackend('wasm', () => {
        throw new Error('a defect');
      });
      killAt(rig.sqs, rig.kill, 'before', callsOf('settler', 'SendMessage'));
    },
    end: 'failed',
  },
  {
    name: 'when the reconciler is killed before it asks for a callback that nobody asked for',
    arrange({ sqs, kill }) {
      killAt(sqs, kill, 'before', callsOf('executor', 'SendMessage'));
      killAt(sqs, kill, 'before', callsOf('reconciler', 'SendMessage'));
    },
  },
  {
    name: 'when the reconciler is killed after it asked for it',
    arrange({ sqs, kill }) {
      killAt(sqs, kill, 'before', callsOf('executor', 'SendMessage'));
      killAt(sqs, kill, 'after', callsOf('reconciler', 'SendMessage'));
    },
  },
  {
    name: 'when the sender is killed mid-callback, before the receiver has heard of it',
    arrange: ({ dynamodb, kill }) => killAt(dynamodb, kill, 'after', callsOf('deliverer', 'GetItem')),
  },
  {
    name: 'when the sender is killed mid-callback, while the receiver has it',
    arrange(rig) {
      rig.receiver.answer = (earlier) => {
        if (earlier > 0) return 204;
        rig.kill();
        return 'hang';
      };
    },
    posts: 2,
  },
  {
    name: 'when every sender is killed mid-callback until the message is a dead letter',
    arrange(rig) {
      rig.receiver.answer = (earlier) => {
        if (earlier > 2) return 204;
        rig.kill();
        return 'hang';
      };
    },
    posts: 4,
  },
  {
    name: 'when the sender is killed after the answer, before it is noted',
    arrange: ({ dynamodb, kill }) => killAt(dynamodb, kill, 'before', callsOf('deliverer', 'UpdateItem')),
    posts: 2,
  },
  {
    name: 'when the sender is killed after the answer is noted',
    arrange: ({ dynamodb, kill }) => killAt(dynamodb, kill, 'after', callsOf('deliverer', 'UpdateItem')),
  },
  {
    name: 'when the sender is killed after a refusal is noted, before it asks for the next attempt',
    arrange(rig) {
      failsAtFirst(503)(rig);
      killAt(rig.sqs, rig.kill, 'before', callsOf('deliverer', 'SendMessage'));
    },
    posts: 2,
  },
  {
    name: 'when the sender is killed after it asked for the next attempt',
    arrange(rig) {
      failsAtFirst(503)(rig);
      killAt(rig.sqs, rig.kill, 'after', callsOf('deliverer', 'SendMessage'));
    },
    posts: 2,
  },
  { name: 'when the receiver answers 500 at first', arrange: failsAtFirst(500), posts: 2 },
  { name: 'when the receiver hangs at first', arrange: failsAtFirst('hang'), posts: 2, isSlow: true },
  { name: 'when the receiver cuts the connection at first', arrange: failsAtFirst('cut'), posts: 2 },
  { name: 'when the receiver sends it elsewhere at first', arrange: failsAtFirst(307), posts: 2 },
  { name: 'when the receiver is down for hours', arrange: failsAtFirst(503, 9), posts: 10, isSlow: true },
];

function failsAtFirst(answer: number | 'hang' | 'cut', times = 1): (rig: FaultRig) => void {
  return ({ receiver }) => {
    receiver.answer = (earlier) => (earlier < times ? answer : 204);
  };
}
