import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The requests that the adapter makes, in order. */
export type Step = 'create' | 'upload' | 'start' | 'health' | 'read' | 'kill' | 'list';

/** What the server does with a request instead of answering as E2B does. */
export type Reaction =
  | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> }
  /** The connection is cut before a byte of an answer. */
  | { kind: 'reset' }
  /** Nothing ever comes. */
  | { kind: 'hang' }
  /** A stream of these messages, and then its end, or none. */
  | { kind: 'stream'; messages: unknown[]; last: 'trailer' | 'error' | 'end' | 'reset' | 'hang' };

export interface FaultServer {
  url: string;
  /** Left out: as E2B. A list is worked off request by request, its last entry stays. */
  script: Partial<Record<Step, Reaction | Reaction[]>>;
  /** Every request so far. */
  seen: { step: Step; headers: IncomingMessage['headers']; body: string; url: string }[];
  /** Sandboxes that were created and not killed. */
  alive: Set<string>;
  /** Requests that are neither answered nor given up by the client. */
  open(): number;
  close(): Promise<void>;
}

/** An address where nothing listens any more. */
export async function nowhere(): Promise<string> {
  const { url, close } = await startFaultServer();
  await close();
  return url;
}

export const problem = (status: number, headers: Record<string, string> = {}): Reaction => ({
  kind: 'answer',
  status,
  body: JSON.stringify({ code: status, message: `refused with ${status}` }),
  headers: { 'content-type': 'application/json', ...headers },
});

export const html = (status: number): Reaction => ({
  kind: 'answer',
  status,
  body: '<html><body>It works behind this proxy.</body></html>',
  headers: { 'content-type': 'text/html' },
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
export const startEvent = { event: { start: { pid: 7 } } };
export const endEvent = (exitCode = 0, error?: string) => ({
  event: { end: { exitCode, exited: exitCode >= 0, status: `exit status ${exitCode}`, error } },
});
/** What the runner prints, as one event. */
export const printed = (...lines: unknown[]) =>
  said(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
export const said = (text: string) => ({ event: { data: { stdout: base64(text) } } });
export const complained = (text: string) => ({ event: { data: { stderr: base64(text) } } });

export const started = { started: true };
export const report = (change: Record<string, unknown> = {}) => ({
  report: {
    ending: { kind: 'exited', exitCode: 0 },
    truncated: { stdout: false, stderr: false },
    error: null,
    usage: { wallTimeMs: 5, cpuTimeMs: 4, peakMemoryMiB: 9, outputBytes: 3 },
    artifacts: [],
    ...change,
  },
});
export const output = (stream: 'stdout' | 'stderr', bytes: string | Uint8Array) => ({
  [stream]: Buffer.from(bytes).toString('base64'),
});

/** A run that prints "42\n". */
export const wholeRun: Reaction = {
  kind: 'stream',
  messages: [startEvent, printed(started, output('stdout', '42\n'), report()), endEvent()],
  last: 'trailer',
};

/** Speaks as much of E2B's protocol as the adapter needs, and breaks it where the script says so. */
export async function startFaultServer(): Promise<FaultServer> {
  const open = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const step = stepOf(request);
    const url = request.url ?? '';
    faultServer.seen.push({ step, headers: request.headers, body: Buffer.concat(chunks).toString(), url });
    const scripted = faultServer.script[step];
    const reaction = Array.isArray(scripted) && scripted.length > 1 ? scripted.shift() : [scripted].flat()[0];
    react(request, response, reaction ?? usual(step, url));
  });

  let created = 0;
  function usual(step: Step, url: string): Reaction {
    switch (step) {
      case 'create': {
        created += 1;
        const sandboxID = `sandbox${created}`;
        faultServer.alive.add(sandboxID);
        return json(201, { sandboxID, templateID: 't', envdVersion: '0.5.7', envdAccessToken: 'token' });
      }
      case 'kill': {
        const wasAlive = faultServer.alive.delete(url.split('/').at(-1) ?? '');
        return wasAlive ? { kind: 'answer', status: 204, body: '' } : problem(404);
      }
      case 'upload':
        return json(200, [{ name: 'job.json', type: 'file', path: '/run/cordon/job.json' }]);
      case 'start':
        return wholeRun;
      case 'read':
        return { kind: 'answer', status: 200, body: 'artifact' };
      case 'list':
        return json(200, []);
      case 'health':
        return { kind: 'answer', status: 204, body: '' };
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const faultServer: FaultServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script: {},
    seen: [],
    alive: new Set(),
    open: () => open.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return faultServer;
}

const json = (status: number, body: unknown): Reaction => ({
  kind: 'answer',
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

function stepOf({ method, url = '' }: IncomingMessage): Step {
  if (url.startsWith('/process.Process/Start')) return 'start';
  if (url.startsWith('/files')) return method === 'GET' ? 'read' : 'upload';
  if (url.startsWith('/health')) return 'health';
  if (method === 'DELETE') return 'kill';
  return method === 'GET' ? 'list' : 'create';
}

function react(request: IncomingMessage, response: ServerResponse, reaction: Reaction): void {
  switch (reaction.kind) {
    case 'answer':
      response.writeHead(reaction.status, reaction.headers);
      response.end(reaction.body);
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'stream': {
      response.writeHead(200, { 'content-type': 'application/connect+json' });
      response.flushHeaders();
      for (const message of reaction.messages) response.write(envelope(0, message));
      const finish = {
        trailer: () => response.end(envelope(2, {})),
        error: () =>
          response.end(envelope(2, { error: { code: 'unavailable', message: 'the sandbox is gone' } })),
        end: () => response.end(),
        reset: () => response.write('', () => setImmediate(() => request.socket.resetAndDestroy())),
        hang: () => {},
      };
      finish[reaction.last]();
    }
  }
}

/** Connect's envelope: one byte of flags, four of length, then the message. */
function envelope(flags: number, message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(5);
  header[0] = flags;
  header.writeUInt32BE(body.length, 1);
  return Buffer.concat([header, body]);
}
