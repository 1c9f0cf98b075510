import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { ConnectProblem, HttpProblem } from '../problem.ts';
import { readBody } from '../read-body.ts';
import { decodeOnlyMessage, parseJson } from './envelope.ts';

/** Commands, environments and stdin come in messages; files don't. */
export const maxMessageBytes = 4 * 1024 * 1024;

/** @throws HttpProblem, ConnectProblem */
export async function readUnaryMessage<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  requireCodec(request, 'application/json', 'content-encoding');
  return parseMessage(parseJson(await readBody(request, maxMessageBytes)), schema);
}

/** @throws HttpProblem, ConnectProblem */
export async function readStreamMessage<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  requireCodec(request, 'application/connect+json', 'connect-content-encoding');
  return parseMessage(decodeOnlyMessage(await readBody(request, maxMessageBytes)), schema);
}

/** Connect says 415 for a codec that a server doesn't have, and `unimplemented` for a compression. */
function requireCodec(request: IncomingMessage, codec: string, encodingHeader: string): void {
  const { [encodingHeader]: encoding = 'identity' } = request.headers;
  if (!request.headers['content-type']?.startsWith(codec))
    throw new HttpProblem(415, `only ${codec} is supported`, { headers: { 'accept-post': codec } });
  if (encoding !== 'identity')
    throw new ConnectProblem('unimplemented', `the compression ${encoding} is not supported`);
}

function parseMessage<T>(message: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  throw new ConnectProblem('invalid_argument', z.prettifyError(parsed.error));
}

/** The deadline of a call in ms, or null: the client leaves it open, or says 0 as E2B's SDK means it. */
export function deadlineMsOf({ headers: { 'connect-timeout-ms': value } }: IncomingMessage): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !/^\d{1,10}$/.test(value))
    throw new ConnectProblem('invalid_argument', 'Connect-Timeout-Ms is not a number of ms');
  return Number(value) || null;
}
