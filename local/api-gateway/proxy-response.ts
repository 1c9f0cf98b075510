import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { HttpAnswer } from './gateway-response.ts';
import { isBinary } from './proxy-event.ts';

/** Headers that API Gateway gives another name, as it sets or forbids them itself. */
const REMAPPED = ['connection', 'content-md5', 'date', 'host', 'max-forwards', 'server', 'www-authenticate'];
const DROPPED = ['content-length', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

type HeaderValue = string | number | boolean;

/** Turns a function's answer into HTTP, nothing when it isn't in the form of a proxy integration. */
export function readProxyResponse(
  payload: string,
  binaryMediaTypes: readonly string[],
  accept: string | undefined,
): HttpAnswer | undefined {
  const answer = JSON.parse(payload) as Record<string, unknown> | null;
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return undefined;
  const { statusCode, body = '', isBase64Encoded = false } = answer;
  const status = Number(statusCode);
  const headers = readHeaders(answer.headers, answer.multiValueHeaders);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (headers === undefined || (typeof body !== 'string' && body !== null)) return undefined;
  // Base64 is decoded only for a client whose first choice is a binary media type.
  const decoded = isBase64Encoded === true && isBinary(binaryMediaTypes, accept);
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: decoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function readHeaders(single: unknown, multiple: unknown): Record<string, string | string[]> | undefined {
  const entries = [
    ...Object.entries((single ?? {}) as Record<string, unknown>),
    ...Object.entries((multiple ?? {}) as Record<string, unknown>),
  ];
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of entries) {
    const values = [value].flat();
    if (!values.every((one): one is HeaderValue => ['string', 'number', 'boolean'].includes(typeof one))) {
      return undefined;
    }
    if (!isSendable(name, values)) return undefined;
    const lower = name.toLowerCase();
    if (DROPPED.includes(lower)) continue;
    headers[REMAPPED.includes(lower) ? `x-amzn-remapped-${lower}` : lower] = Array.isArray(value)
      ? values.map(String)
      : String(value);
  }
  return headers;
}

/** HTTP can't carry every text: a line break in a value would start another header. */
function isSendable(name: string, values: readonly HeaderValue[]): boolean {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, String(value));
    return true;
  } catch {
    return false;
  }
}
