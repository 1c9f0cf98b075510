import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerProblem } from './answer-problem.ts';
import { type Call, createCall } from './call.ts';
import { createDispatcher, type DispatcherOptions } from './dispatch.ts';
import { ConnectProblem, HttpProblem } from './problem.ts';
import { refuseMalformed } from './refuse-malformed.ts';
import { findRoute } from './routes.ts';
import { supportedCalls, supportSummary } from './support-table.ts';

export interface DialectServer {
  /** Resolves with the port, which is the given one unless that is 0. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more connections and cuts those that are left. */
  close(): Promise<void>;
}

export interface DialectServerOptions extends DispatcherOptions {
  /** An error of ours, or of what we run on; nothing of a client is in it. */
  onError: (error: unknown) => void;
  timeouts?: Timeouts;
}

interface Timeouts {
  /** For the headers of a request. */
  headersMs: number;
  /** For a whole request, body included. */
  requestMs: number;
}

const defaultTimeouts: Timeouts = { headersMs: 10_000, requestMs: 120_000 };

/** E2B's wire protocol, as far as the support table goes, over plain HTTP/1.1. */
export function createDialectServer({
  onError,
  timeouts = defaultTimeouts,
  ...options
}: DialectServerOptions): DialectServer {
  const dispatcher = createDispatcher(options);
  const newest = new WeakMap<Duplex, Exchange>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const before = newest.get(request.socket)?.answered ?? Promise.resolve();
    const answered = new Promise<void>((resolve) => response.once('close', resolve));
    newest.set(request.socket, { request, before, answered });
    // A client that is gone is no error; whoever writes finds out by itself.
    response.on('error', () => {});
    const call = createCall(request, response);
    const route = findRoute(request.method ?? '', call.path);
    try {
      if (route === null) throw unsupported(call);
      await dispatcher.dispatch(route, call);
    } catch (error) {
      const unexpected = answerProblem(call, route && supportedCalls[route.name].access, error);
      if (unexpected !== null) onError(unexpected);
    }
  }

  const server = createServer(serverOptions(timeouts), (request, response) => void handle(request, response));
  server.maxConnections = maxConnections;
  server.on('clientError', (error, socket) => {
    void turnToComplain(newest.get(socket)).then(() => refuseMalformed(error, socket));
  });
  return { listen: (port, host) => listen(server, port, host), close: () => close(server) };
}

/** The newest request on a connection. */
interface Exchange {
  request: IncomingMessage;
  /** The answers to all requests before it are over. */
  before: Promise<void>;
  answered: Promise<void>;
}

/** Answers keep their order: a complaint stands for the answer to the request that it is about. */
async function turnToComplain(exchange: Exchange | undefined): Promise<void> {
  const isAboutIt = exchange !== undefined && !exchange.request.complete;
  await (isAboutIt ? exchange.before : exchange?.answered);
}

/** A client of a Connect service reads the code from the body, every other one the status. */
function unsupported({ request, path }: Call): Error {
  const message = `${request.method} ${path.slice(0, maxEchoedLength)} is not supported; ${supportSummary}`;
  const isConnect = path.startsWith('/process.') || path.startsWith('/filesystem.');
  return isConnect ? new ConnectProblem('unimplemented', message) : new HttpProblem(501, message);
}

const maxEchoedLength = 200;

/** Far more than the sandboxes of a host need, each with a handful of calls at a time. */
const maxConnections = 2_048;

function serverOptions({ headersMs, requestMs }: Timeouts) {
  return {
    maxHeaderSize: 16 * 1024,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    // Clients keep connections for several jobs; this is well above the pause between two calls of one.
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: Math.min(1_000, headersMs),
    // Finds peers that vanished without a word while a stream to them is silent.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    noDelay: true,
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
