import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../http/loopback-server.ts';
import { BodyTooLargeError, readBody } from '../http/read-body.ts';
import { API_GATEWAY, type Functions } from '../lambda/functions.ts';
import { type ApiRequest, readApiRequest } from './api-request.ts';
import { createAuthorizer } from './authorizer.ts';
import type { HttpAnswer } from './gateway-response.ts';
import { handleRequest, type IntegrationOutcome } from './handle-request.ts';
import type { RestApi } from './rest-api.ts';

/** API Gateway's limit for a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** How long a client may go on sending after it was refused, so that it can read the answer. */
const REFUSED_UPLOAD_MS = 2_000;
const SHORT_BODY_BYTES = 64 * 1024;
/** How long a request waits for a free environment: on AWS there would be a thousand of them. */
const PATIENCE_MS = 10_000;
const AUTHORIZER_TIMEOUT_MS = 10_000;

export interface ApiServerOptions {
  readonly port: number;
  readonly api: RestApi;
  readonly functions: Functions;
  readonly clock: () => number;
  /** Answers paths of the local cloud itself; nothing for all others. */
  readonly local: (method: string, path: string) => HttpAnswer | undefined;
}

export function startApiServer({
  port,
  api,
  functions,
  clock,
  local,
}: ApiServerOptions): Promise<LoopbackServer> {
  const invoke = createInvoke(functions);
  const authorize = createAuthorizer(async (functionName, event) => {
    const outcome = await invoke(functionName, JSON.stringify(event), AUTHORIZER_TIMEOUT_MS);
    if (outcome.kind === 'answered') return { payload: outcome.payload };
    return { errorMessage: outcome.kind === 'failed' ? outcome.message : outcome.kind };
  }, clock);
  const dependencies = { api, authorize, invoke, clock };

  return listenOnLoopback(port, async (message, response) => {
    const request = readApiRequest(message, clock());
    const own = local(request.httpMethod, request.path);
    const answer = own ?? (await handleRequest(dependencies, request, () => bodyOf(message)));
    send(request, message, response, answer);
  });
}

async function bodyOf(message: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return await readBody(message, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) return undefined;
    throw error;
  }
}

type Invoked =
  | Exclude<IntegrationOutcome, { kind: 'failed' }>
  | { readonly kind: 'failed'; readonly message: string };

function createInvoke(functions: Functions) {
  return async (functionName: string, payload: string, timeoutMs: number): Promise<Invoked> => {
    const config = functions.find(functionName);
    if (config === undefined) return { kind: 'unknown-function' };
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<Invoked>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'timed-out' }), timeoutMs);
    });
    const invocation = functions.invoke(config, { payload, caller: API_GATEWAY, patienceMs: PATIENCE_MS });
    const outcome = invocation.then((result): Invoked => {
      if (result.kind === 'succeeded') return { kind: 'answered', payload: result.payload };
      return result.kind === 'failed' ? { kind: 'failed', message: result.error.errorMessage } : result;
    });
    try {
      return await Promise.race([outcome, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function send(
  request: ApiRequest,
  message: IncomingMessage,
  response: ServerResponse,
  answer: HttpAnswer,
): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  // The rest of a refused upload is read and dropped: closing at once would fail the client before it sees the answer.
  const unread = !message.complete && !hasShortBody(message);
  response.writeHead(answer.status, {
    ...(answer.headers as Record<string, string | string[]>),
    'x-amzn-requestid': request.requestId,
    'x-amz-apigw-id': request.extendedRequestId,
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
  });
  response.end(request.httpMethod === 'HEAD' ? undefined : body);
  if (unread) {
    message.resume();
    setTimeout(() => message.complete || message.destroy(), REFUSED_UPLOAD_MS).unref();
  }
}

const hasShortBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SHORT_BODY_BYTES;
