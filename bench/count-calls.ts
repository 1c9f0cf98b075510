import type { CallCount } from '../local/calls/call-log.ts';
import type { Service } from '../scripts/start-service.ts';
import { measureLatency } from './measure-stack.ts';
import { round } from './statistics.ts';

const runs = 50;

/** AWS calls of one warm `print(1)` with `?wait`, as means over some runs. */
export type CallsPerExecution = Pick<CallCount, 'service' | 'operation' | 'resource' | 'caller'> & {
  calls: number;
  readUnits: number;
  writeUnits: number;
};

/** On-demand prices, us-east-1, https://aws.amazon.com/dynamodb/pricing/ and …/sqs/pricing/ (read 2026-11), in USD per million. */
const usdPerMillion = { readUnit: 0.125, writeUnit: 0.625, sqsRequest: 0.4, lambdaInvoke: 0.2 };

export async function countCalls(service: Service): Promise<CallsPerExecution[]> {
  const callsUrl = `${service.url}/_local/calls`;
  await fetch(callsUrl, { method: 'DELETE' });
  await measureLatency(service, runs);
  const { calls: counts } = (await (await fetch(callsUrl)).json()) as { calls: CallCount[] };
  return counts.map(
    ({ service: name, operation, resource, caller, calls: total, readUnits, writeUnits }) => ({
      service: name,
      operation,
      resource,
      caller,
      calls: round(total / runs),
      readUnits: round(readUnits / runs),
      writeUnits: round(writeUnits / runs),
    }),
  );
}

export function toCallTable(calls: readonly CallsPerExecution[]): string {
  const lines = calls.map(
    ({ service, operation, caller, calls: count, readUnits, writeUnits }) =>
      `${service.padEnd(9)} ${operation.padEnd(24)} ${caller.padEnd(32)} ${String(count).padStart(6)} calls  ${readUnits} read units  ${writeUnits} write units`,
  );
  return [
    ...lines,
    `requests at list prices, without compute: $${usdPerMillionExecutions(calls)} per million executions`,
  ].join('\n');
}

function usdPerMillionExecutions(calls: readonly CallsPerExecution[]): number {
  const cost = ({ service, calls: count, readUnits, writeUnits }: CallsPerExecution): number => {
    if (service === 'dynamodb')
      return readUnits * usdPerMillion.readUnit + writeUnits * usdPerMillion.writeUnit;
    if (service === 'sqs') return count * usdPerMillion.sqsRequest;
    return service === 'lambda' ? count * usdPerMillion.lambdaInvoke : 0;
  };
  return round(calls.reduce((sum, call) => sum + cost(call), 0));
}
