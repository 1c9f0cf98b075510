import type { Fault } from '../support/faults/fault-proxy.ts';

/** A call of one of the service's functions, at which the whole service gets SIGKILL. */
export interface ServiceKillPoint {
  name: string;
  of: 'dynamodb' | 'sqs' | 'lambda';
  /** As the function's logical id has it. */
  by: 'submitexecution' | 'runexecution' | 'delivercallback';
  operation: string;
  /** A number is so many ms into the call. */
  when: 'before' | 'after' | number;
  /** Before it a sandbox would start, and the program not have begun. */
  needsWarmSandbox?: boolean;
  /** The receiver of callbacks keeps the connection open until then. */
  hangs?: boolean;
}

export const serviceKillPoints: ServiceKillPoint[] = [
  {
    name: 'after reserve',
    ...{ of: 'dynamodb', by: 'submitexecution', operation: 'TransactWriteItems', when: 'after' },
  },
  { name: 'after enqueue', of: 'sqs', by: 'submitexecution', operation: 'SendMessage', when: 'after' },
  { name: 'after claim', of: 'dynamodb', by: 'runexecution', operation: 'UpdateItem', when: 'after' },
  {
    name: 'mid-run',
    ...{ of: 'lambda', by: 'runexecution', operation: 'Invoke', when: 150 },
    needsWarmSandbox: true,
  },
  {
    name: 'after the result, before settle',
    ...{ of: 'dynamodb', by: 'runexecution', operation: 'TransactWriteItems', when: 'before' },
  },
  { name: 'mid-settle', of: 'dynamodb', by: 'runexecution', operation: 'TransactWriteItems', when: 'after' },
  {
    name: 'after the end, before its callback is asked for',
    ...{ of: 'sqs', by: 'runexecution', operation: 'SendMessage', when: 'before' },
  },
  {
    name: 'mid-callback, while the receiver has it',
    ...{ of: 'dynamodb', by: 'delivercallback', operation: 'GetItem', when: 500 },
    hangs: true,
  },
  {
    name: 'mid-callback, after its answer',
    ...{ of: 'dynamodb', by: 'delivercallback', operation: 'UpdateItem', when: 'before' },
  },
  {
    name: 'after a callback is noted',
    ...{ of: 'dynamodb', by: 'delivercallback', operation: 'UpdateItem', when: 'after' },
  },
];

export function faultOf({ by, operation, when }: ServiceKillPoint, act: () => void): Fault {
  return {
    matches: (call) => call.operation === operation && call.caller.includes(by),
    reaction:
      typeof when === 'number' ? { kind: 'meanwhile', afterMs: when, act } : { kind: 'cut', when, act },
  };
}
