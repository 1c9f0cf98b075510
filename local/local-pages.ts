import type { HttpAnswer } from './api-gateway/gateway-response.ts';
import type { CallLog } from './calls/call-log.ts';
import type { Endpoints } from './lambda/function-config.ts';
import type { Functions } from './lambda/functions.ts';
import { descendants } from './process-tree.ts';

/**
 * What the local cloud answers beside the API: `GET /_local/calls` counts AWS calls, `DELETE` starts the count
 * again, `GET /_local/status` shows addresses, processes and their memory.
 */
export function createLocalPages({
  calls,
  functions,
  endpoints,
}: {
  calls: CallLog;
  functions: Functions;
  endpoints: Endpoints;
}): (method: string, path: string) => HttpAnswer | undefined {
  return (method, path) => {
    switch (`${method} ${path}`) {
      case 'GET /_local/calls':
        return json(200, { calls: calls.counts() });
      case 'DELETE /_local/calls':
        calls.reset();
        return { status: 204, headers: {}, body: '' };
      case 'GET /_local/status':
        return json(200, {
          pid: process.pid,
          residentMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
          environments: functions.environments,
          children: descendants(),
          endpoints,
        });
      default:
        return undefined;
    }
  };
}

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
