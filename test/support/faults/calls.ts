import type { Call, Fault, FaultProxy } from './fault-proxy.ts';
import type { Role } from './processes.ts';

/** Calls of an operation by processes of a role. */
export function callsOf(role: Role, operation: string): (call: Call) => boolean {
  return (call) => call.operation === operation && call.caller.startsWith(`${role}-`);
}

/** DynamoDB's words when a table's capacity is used up. */
export const throttled = dynamoDbError('ProvisionedThroughputExceededException', 'The level is exceeded.');

/** What a transaction gets that met another one on the same item. */
export const conflicting = dynamoDbError('TransactionCanceledException', 'Transaction cancelled', {
  CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
});

/** DynamoDB itself is broken. */
export const serverError: Fault['reaction'] = {
  kind: 'refuse',
  status: 500,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'Internal server error' },
};

/** The call takes effect, and nobody hears of it. */
export const answerLost: Fault['reaction'] = { kind: 'cut', when: 'after' };

function dynamoDbError(type: string, message: string, fields: object = {}): Fault['reaction'] {
  return {
    kind: 'refuse',
    status: 400,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...fields },
  };
}

/** Kills the caller before or after such a call takes effect. */
export function killAt(
  proxy: FaultProxy,
  kill: () => void,
  when: 'before' | 'after',
  matches: Fault['matches'],
): void {
  proxy.inject({ matches, reaction: { kind: 'cut', when, act: kill } });
}
