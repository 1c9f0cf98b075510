import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openDataDirectory } from '../../local/data-directory.ts';
import { type LoopbackServer, listenOnLoopback } from '../../local/http/loopback-server.ts';
import { readBody } from '../../local/http/read-body.ts';
import { startFixture } from './support/fixture-cloud.ts';

const servers: LoopbackServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function listen(limits = {}): Promise<LoopbackServer> {
  const server = await listenOnLoopback(
    0,
    async (request, response) => {
      const body = await readBody(request, 1_000);
      response.end(body);
    },
    limits,
  );
  servers.push(server);
  return server;
}
async function open({ port }: LoopbackServer): Promise<{ socket: Socket; received: () => string }> {
  const chunks: Buffer[] = [];
  const socket = connect(port, '127.0.0.1');
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'connect');
  return { socket, received: () => Buffer.concat(chunks).toString() };
}

test('a client that trickles its headers is cut off', async () => {
  const { socket, received } = await open(await listen({ headersTimeoutMs: 200, requestTimeoutMs: 400 }));
  socket.write('GET / HTTP/1.1\r\nX-Slow: ');

  await once(socket, 'close');

  expect(received()).toMatch(/^HTTP\/1.1 408 /);
});

test('a client that trickles its body is cut off', async () => {
  const { socket, received } = await open(await listen({ headersTimeoutMs: 200, requestTimeoutMs: 400 }));
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this');

  await once(socket, 'close');

  expect(received()).toMatch(/^HTTP\/1.1 408 /);
});

test('a client that goes away in the middle of its body harms nobody', async () => {
  const server = await listen();
  const { socket } = await open(server);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this');
  socket.destroy();

  const answer = await fetch(server.url, { method: 'POST', body: 'next' });

  expect(await answer.text()).toBe('next');
});

test('closing waits for a request in progress, as long as its grace', async () => {
  const arrived = Promise.withResolvers<void>();
  const server = await listenOnLoopback(0, async (_, response) => {
    arrived.resolve();
    await new Promise((resolve) => setTimeout(resolve, 100));
    response.end('done');
  });
  const answer = fetch(server.url).then((response) => response.text());
  await arrived.promise;

  // Longer than a test may take: it must not wait for the rest of its grace.
  await server.close(600_000);

  expect(await answer).toBe('done');
});

test('a port in use is a start error that says what to do, and leaves the data directory free', async () => {
  const taken = await listen();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'local-cloud-port-'));

  const starting = startFixture({ port: taken.port, dataDirectory });

  await expect(starting).rejects.toThrow(`Port ${taken.port} is in use. Choose another one with PORT.`);
  openDataDirectory(dataDirectory).release();
  rmSync(dataDirectory, { recursive: true });
});
