import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An HTTP request as the parts of the API read it. */
export interface ApiRequest {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly path: string;
  /** As the client wrote them, with those that API Gateway adds. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly receivedAtMs: number;
  header(name: string): string | undefined;
}

export function readApiRequest(request: IncomingMessage, nowMs: number): ApiRequest {
  const { pathname, searchParams } = parseTarget(request.url ?? '/');
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const headers = withGatewayHeaders(
    groupHeaders(request.rawHeaders),
    sourceIp,
    request.socket.localPort,
    nowMs,
  );
  const query: Record<string, string[]> = {};
  for (const [name, value] of searchParams) query[name] = [...(query[name] ?? []), value];
  return {
    requestId: randomUUID(),
    extendedRequestId: randomBytes(11).toString('base64url'),
    httpMethod: request.method ?? 'GET',
    path: pathname,
    headers,
    query,
    sourceIp,
    protocol: `HTTP/${request.httpVersion}`,
    receivedAtMs: nowMs,
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.at(-1) : value;
    },
  };
}

/** An origin-form target; `//host/x` stays a path. */
function parseTarget(target: string): { pathname: string; searchParams: URLSearchParams } {
  const [pathname = '/', ...query] = target.replace(/^https?:\/\/[^/]+/, '').split('?');
  return { pathname: pathname || '/', searchParams: new URLSearchParams(query.join('?')) };
}

function groupHeaders(rawHeaders: readonly string[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    grouped[name] = [...(grouped[name] ?? []), rawHeaders[index + 1] ?? ''];
  }
  return grouped;
}

/** What API Gateway adds; a client's own value of these is replaced, or extended for X-Forwarded-For. */
function withGatewayHeaders(
  headers: Record<string, string[]>,
  sourceIp: string,
  port: number | undefined,
  nowMs: number,
): Record<string, string[]> {
  const own = Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(x-forwarded-(for|port|proto)|x-amzn-trace-id)$/i.test(name),
    ),
  );
  const forwarded =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-forwarded-for')?.[1] ?? [];
  const epoch = Math.floor(nowMs / 1000).toString(16);
  return {
    ...own,
    'X-Forwarded-For': [[...forwarded, sourceIp].join(', ')],
    'X-Forwarded-Port': [String(port ?? '')],
    'X-Forwarded-Proto': ['http'],
    'X-Amzn-Trace-Id': [`Root=1-${epoch}-${randomBytes(12).toString('hex')}`],
  };
}
