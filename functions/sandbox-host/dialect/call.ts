import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request on its way through the dialect. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
}

export function createCall(request: IncomingMessage, response: ServerResponse): Call {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    request,
    response,
    path: mark === -1 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1)),
  };
}

export function answerJson(
  { response }: Call,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

export function answerNothing({ response }: Call): void {
  response.writeHead(204);
  response.end();
}
