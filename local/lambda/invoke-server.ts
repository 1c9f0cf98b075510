import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { callerOf } from '../calls/caller.ts';
import { type LoopbackServer, listenOnLoopback } from '../http/loopback-server.ts';
import { BodyTooLargeError, readBody } from '../http/read-body.ts';
import type { FunctionConfig } from './function-config.ts';
import type { Functions } from './functions.ts';

/** Lambda's limits for a payload: synchronous, asynchronous. */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const MAX_EVENT_BYTES = 1024 * 1024;
const PATIENCE_MS = 1_000;
/** Lambda waits one minute before the first retry of an event and two before the second. */
const RETRY_DELAY_MS = 60_000;

/** Lambda's Invoke operation on loopback. `functions` is asked for at each call: it needs this server's address. */
export function startInvokeServer(functions: () => Functions): Promise<LoopbackServer> {
  return listenOnLoopback(0, async (request, response) => {
    const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/.exec(request.url?.split('?')[0] ?? '');
    if (request.method !== 'POST' || path === null) {
      return refuse(
        response,
        404,
        'UnknownOperationException',
        'Only Invoke is available on the local cloud',
      );
    }
    const name = decodeURIComponent(path[1] ?? '');
    const config = functions().find(name);
    if (config === undefined) {
      return refuse(response, 404, 'ResourceNotFoundException', `Function not found: ${name}`);
    }
    await invoke(functions(), config, request, response);
  });
}

async function invoke(
  functions: Functions,
  config: FunctionConfig,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const tenantId = request.headers['x-amz-tenant-id'] as string | undefined;
  if (config.tenantIsolated && tenantId === undefined) {
    return refuse(
      response,
      400,
      'InvalidParameterValueException',
      'Add a valid tenant ID in your request and try again.',
    );
  }
  if (!config.tenantIsolated && tenantId !== undefined) {
    return refuse(response, 400, 'InvalidParameterValueException', 'The function has no tenant isolation.');
  }
  const limit = type === 'Event' ? MAX_EVENT_BYTES : MAX_REQUEST_BYTES;
  let payload: string;
  try {
    payload = (await readBody(request, limit)).toString('utf8') || '{}';
    JSON.parse(payload);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      return refuse(
        response,
        413,
        'RequestTooLargeException',
        `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      );
    }
    return refuse(response, 400, 'InvalidRequestContentException', 'Could not parse request body into json');
  }
  const invocation = {
    payload,
    caller: callerOf(request.headers),
    patienceMs: PATIENCE_MS,
    abandoned: whenAbandoned(response),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  switch (type) {
    case 'DryRun':
      return send(response, 204, '');
    case 'Event':
      void invokeLater(functions, config, invocation);
      return send(response, 202, '');
    case 'RequestResponse': {
      const outcome = await functions.invoke(config, invocation);
      if (outcome.kind === 'throttled') {
        return refuse(response, 429, 'TooManyRequestsException', 'Rate Exceeded.', {
          Reason: 'ConcurrentInvocationLimitExceeded',
        });
      }
      if (outcome.kind === 'failed') {
        return send(response, 200, JSON.stringify(outcome.error), { 'x-amz-function-error': 'Unhandled' });
      }
      return send(response, 200, outcome.payload);
    }
    default:
      return refuse(
        response,
        400,
        'InvalidParameterValueException',
        `Invocation type ${type} isn't supported`,
      );
  }
}

/** Aborted when the connection ends before the answer. AWS lets such a function run to its end. */
function whenAbandoned(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** An asynchronous invocation with Lambda's retries; what waits for a retry is lost when the local cloud ends. */
async function invokeLater(
  functions: Functions,
  config: FunctionConfig,
  invocation: Parameters<Functions['invoke']>[1],
): Promise<void> {
  const { maximumRetries, maximumAgeMs } = config.asynchronous;
  const expiresAtMs = Date.now() + maximumAgeMs;
  for (let attempt = 0; attempt <= maximumRetries && Date.now() < expiresAtMs; attempt += 1) {
    if (attempt > 0) await delay(RETRY_DELAY_MS * attempt, undefined, { ref: false });
    const outcome = await functions.invoke(config, { ...invocation, patienceMs: expiresAtMs - Date.now() });
    if (outcome.kind === 'succeeded') return;
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }),
    'x-amzn-requestid': randomUUID(),
    'x-amz-executed-version': '$LATEST',
    ...headers,
  });
  response.end(body);
}

function refuse(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  fields: Record<string, string> = {},
): void {
  send(response, status, JSON.stringify({ Type: 'User', Message: message, ...fields }), {
    'x-amzn-errortype': type,
  });
}
