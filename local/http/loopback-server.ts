import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StartError } from '../start-error.ts';

export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets requests in progress end for up to `graceMs`, then cuts them off. */
  close(graceMs?: number): Promise<void>;
}

export interface ServerLimits {
  /** From a connection's first byte to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the end of the body: a client that trickles bytes is cut off. */
  readonly requestTimeoutMs: number;
  readonly idleConnectionMs: number;
}

const DEFAULT_LIMITS: ServerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  idleConnectionMs: 70_000,
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server that only this machine can reach. Port 0 takes a free one. */
export async function listenOnLoopback(
  port: number,
  handle: Handler,
  limits: Partial<ServerLimits> = {},
): Promise<LoopbackServer> {
  const { headersTimeoutMs, requestTimeoutMs, idleConnectionMs } = { ...DEFAULT_LIMITS, ...limits };
  const server = createServer(
    { keepAlive: true, noDelay: true, connectionsCheckingInterval: Math.min(2_000, headersTimeoutMs / 2) },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        // A client that went away needs neither an answer nor a word about it.
        if (request.destroyed && !request.complete) return;
        console.error(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  server.keepAliveTimeout = idleConnectionMs;
  await listen(server, port);
  const address = server.address();
  const boundPort = address !== null && typeof address === 'object' ? address.port : port;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    close: (graceMs = 0) => closeServer(server, graceMs),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE';
      reject(busy ? new StartError(`Port ${port} is in use. Choose another one with PORT.`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

const IDLE_CHECK_MS = 20;

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection that was busy at first stays open after its answer, for a request that will not be taken.
    const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    server.close(() => {
      clearTimeout(cutOff);
      clearInterval(idleCheck);
      resolve();
    });
    server.closeIdleConnections();
  });
}
