import { GuestError } from '../guest/guest.ts';
import { answerJson, type Call } from './call.ts';
import { encodeEnd } from './connect/envelope.ts';
import { toConnectProblem, toHttpProblem } from './envd/guest-problem.ts';
import { ConnectProblem, connectStatuses, HttpProblem } from './problem.ts';
import type { Access } from './support-table.ts';

/** A client that still sends what nobody wants to read gets this long to take the answer. */
const lingerMs = 1_000;

/**
 * Answers a call that failed in the words of its protocol.
 *
 * @returns the error when it is none that a client can do anything about: it belongs in the log
 */
export function answerProblem(call: Call, access: Access | null, error: unknown): unknown {
  const { request, response } = call;
  const problem = toProblem(access, error);
  if (response.headersSent || response.destroyed) response.destroy();
  else if (problem instanceof HttpProblem)
    answerJson(call, problem.status, { code: problem.status, message: problem.message }, problem.headers);
  else if (access === 'stream') answerEnd(call, problem);
  else answerJson(call, connectStatuses[problem.code], { code: problem.code, message: problem.message });
  if (!request.complete) linger(call);
  return problem.cause ?? (problem === error || isRefusal(error) ? null : error);
}

function toProblem(access: Access | null, error: unknown): HttpProblem | ConnectProblem {
  const isCall = access === 'unary' || access === 'stream';
  const problem = isCall ? toConnectProblem(error) : toHttpProblem(error);
  if (problem instanceof HttpProblem || problem instanceof ConnectProblem) return problem;
  return isCall ? new ConnectProblem('internal', 'internal error') : new HttpProblem(500, 'internal error');
}

/** What a guest refuses is the client's affair, unless it is the guest that doesn't work. */
function isRefusal(error: unknown): boolean {
  return error instanceof GuestError && error.code !== 'internal';
}

/** Errors of a stream come in its last message, under a status that says 200. */
function answerEnd({ response }: Call, problem: ConnectProblem): void {
  response.writeHead(200, { 'content-type': 'application/connect+json' });
  response.end(encodeEnd(problem));
}

/** Closing at once would discard the answer with the bytes that were not read. */
function linger({ request }: Call): void {
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), lingerMs);
  const stop = () => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}
