import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import { answerNothing, type Call } from './call.ts';
import { HttpProblem } from './problem.ts';
import { insideHandlers, isCallWith, type Route, sandboxesHandlers, sandboxHandlers } from './routes.ts';
import { isSecret } from './secret.ts';

export interface Dispatcher {
  /** Answers the call, or throws why not: a problem, a GuestError, or an error of ours. */
  dispatch(route: Route, call: Call): Promise<void>;
}

export interface DispatcherOptions {
  apiKey: string;
  sandboxes: Sandboxes;
  renderMetrics: () => string;
}

/** Who may do what: every call proves itself here, before anything of its body is read. */
export function createDispatcher({ apiKey, sandboxes, renderMetrics }: DispatcherOptions): Dispatcher {
  function requireApiKey({ request }: Call): void {
    if (!isSecret(apiKey, request.headers['x-api-key']))
      throw new HttpProblem(401, 'the API key is missing or wrong');
  }

  function findByPath({ pathId }: Route): Sandbox {
    const sandbox = pathId === null ? null : sandboxes.find(pathId);
    if (sandbox === null) throw new HttpProblem(404, `the sandbox ${pathId} was not found`);
    return sandbox;
  }

  /** A sandbox that is not here, or no more, is what E2B's proxy finds no machine for: 502. */
  function findByAddress(call: Call): Sandbox {
    const id = addressedId(call);
    if (id === null) throw new HttpProblem(400, 'the header E2b-Sandbox-Id is missing');
    const sandbox = sandboxes.find(id);
    if (sandbox === null) throw new HttpProblem(502, `the sandbox ${id} was not found`);
    return sandbox;
  }

  function answerHealth(call: Call): void {
    if (addressedId(call) !== null) findByAddress(call);
    else if (sandboxes.isDraining()) throw new HttpProblem(503, 'the host is closing');
    answerNothing(call);
  }

  function answerMetrics({ response }: Call): void {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(renderMetrics());
  }

  return {
    async dispatch(route, call) {
      const { name } = route;
      if (name === 'GET /health') return answerHealth(call);
      if (isCallWith(insideHandlers, name)) {
        refuseSignedUrl(call);
        const sandbox = findByAddress(call);
        requireAccessToken(sandbox, call);
        return insideHandlers[name](sandbox, call);
      }
      requireApiKey(call);
      if (isCallWith(sandboxesHandlers, name)) return sandboxesHandlers[name](sandboxes, call);
      if (isCallWith(sandboxHandlers, name)) return sandboxHandlers[name](sandboxes, call, findByPath(route));
      name satisfies 'GET /metrics';
      return answerMetrics(call);
    },
  };
}

function requireAccessToken({ accessToken }: Sandbox, { request }: Call): void {
  if (!isSecret(accessToken, request.headers['x-access-token']))
    throw new HttpProblem(401, 'the access token is missing or wrong');
}

function refuseSignedUrl({ request, query }: Call): void {
  if (request.headers['x-access-token'] === undefined && query.has('signature'))
    throw new HttpProblem(501, 'signed URLs are not supported, send the header X-Access-Token');
}

/** The port of envd, the only one that a sandbox without a network has. */
const envdPort = '49983';

/** The sandbox that a request is for: by header, or by a host name such as `49983-<id>.sandboxes.internal`. */
function addressedId({ request: { headers } }: Call): string | null {
  const [, hostPort, hostId] = /^(\d+)-(\w+)\./.exec(headers.host ?? '') ?? [];
  const id = headers['e2b-sandbox-id'] ?? hostId ?? null;
  const port = headers['e2b-sandbox-port'] ?? hostPort ?? envdPort;
  if (id !== null && port !== envdPort)
    throw new HttpProblem(501, `no port of a sandbox is supported but ${envdPort}`);
  return typeof id === 'string' ? id : null;
}
