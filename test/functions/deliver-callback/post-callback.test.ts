import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { type Address, createCallbackPost } from '../../../functions/deliver-callback/post-callback.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

const letterTo = (url: string, body = '{"id":1}') => ({
  ...{ url, body },
  headers: { 'content-type': 'application/json', 'webhook-id': 'exe_1' },
});

const ipv4 = (address: string): Address => ({ address, family: 4 });

test('a letter arrives as it is, and its status is answered', async () => {
  const seen: unknown[] = [];
  const port = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    seen.push({ method, url, id: headers['webhook-id'], type: headers['content-type'], body });
    response.writeHead(201).end();
  });
  const post = createCallbackPost({ targets: 'local' });

  expect(await post(letterTo(`http://127.0.0.1:${port}/done?a=b`, '{"text":"ünï"}'))).toEqual({
    kind: 'answered',
    status: 201,
  });
  expect(seen).toEqual([
    { method: 'POST', url: '/done?a=b', id: 'exe_1', type: 'application/json', body: '{"text":"ünï"}' },
  ]);
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%d) is an answer, and nobody goes there',
  async (status) => {
    let visits = 0;
    const target = await serve((_, response) => {
      visits += 1;
      response.end();
    });
    const port = await serve((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${target}/` }).end();
    });
    const post = createCallbackPost({ targets: 'local' });

    expect(await post(letterTo(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'answered', status });
    expect(visits).toBe(0);
  },
);

test('an answer without an end costs nothing: only its status is read', async () => {
  let written = 0;
  let isCut = false;
  const port = await serve((_, response) => {
    response.writeHead(200);
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
    };
    response.on('drain', write).on('close', () => {
      isCut = true;
    });
    write();
  });
  const post = createCallbackPost({ targets: 'local' });

  expect(await post(letterTo(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'answered', status: 200 });
  while (!isCut) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(written).toBeLessThan(50_000_000);
});

test.each([
  ['says nothing', () => {}, 'timeout'],
  ['hangs up', (request) => request.socket.destroy(), 'ECONNRESET'],
  ['speaks no HTTP', (request) => request.socket.end('hello\r\n\r\n'), 'HPE_INVALID_CONSTANT'],
] as [string, RequestListener, string][])(
  'a receiver that %s is a failure with a word for it',
  async (_, listener, reason) => {
    const port = await serve(listener);
    const post = createCallbackPost({ targets: 'local', timeoutMs: 300 });

    expect(await post(letterTo(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'failed', reason });
  },
);

test('nobody at the port, and a name that nobody knows', async () => {
  const port = await serve(() => {});
  const [server] = servers.splice(0);
  server?.close();
  const post = createCallbackPost({ targets: 'local' });
  expect(await post(letterTo(`http://127.0.0.1:${port}/`))).toEqual({
    kind: 'failed',
    reason: 'ECONNREFUSED',
  });

  const unknown = createCallbackPost({
    targets: 'public',
    resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
  });
  expect(await unknown(letterTo('https://nowhere.example/'))).toEqual({
    kind: 'failed',
    reason: 'ENOTFOUND',
  });
});

test('a look-up without an end is over in time', async () => {
  const post = createCallbackPost({ targets: 'public', timeoutMs: 50, resolve: () => new Promise(() => {}) });
  expect(await post(letterTo('https://slow.example/'))).toEqual({ kind: 'failed', reason: 'timeout' });
});

/** Listens on loopback and counts who comes. */
async function trap(): Promise<{ port: number; visits: () => number }> {
  let visits = 0;
  const server = createServer((_, response) => response.end());
  server.on('connection', () => {
    visits += 1;
  });
  return { port: await listen(server, '0.0.0.0'), visits: () => visits };
}

const refused = { kind: 'failed', reason: 'address_not_public' };

test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  'localhost',
  'localhost.',
  'LOCALHOST',
])('%s is not connected to in a deployment', async (host) => {
  const { port, visits } = await trap();
  const post = createCallbackPost({ targets: 'public', timeoutMs: 2_000 });

  const result = await post(letterTo(`https://${host}:${port}/`));

  expect(result.kind).toBe('failed');
  expect(visits()).toBe(0);
});

test.each(['169.254.169.254', '10.1.2.3', 'fd00:ec2::254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe'])(
  'a name that stands for %s is not connected to, not even on a developer’s machine',
  async (address) => {
    const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
    for (const targets of ['public', 'local'] as const) {
      const post = createCallbackPost({ targets, resolve, timeoutMs: 2_000 });
      expect(await post(letterTo('https://innocent.example/'))).toEqual(refused);
    }
  },
);

test('a name that stands for a public and a private address is not connected to', async () => {
  const { port, visits } = await trap();
  const resolve = async () => [ipv4('8.8.8.8'), ipv4('127.0.0.1')];
  const post = createCallbackPost({ targets: 'public', resolve, timeoutMs: 2_000 });

  expect(await post(letterTo(`https://mixed.example:${port}/`))).toEqual(refused);
  expect(visits()).toBe(0);
});

test('a name without an address is not connected to', async () => {
  const post = createCallbackPost({ targets: 'public', resolve: async () => [] });
  expect(await post(letterTo('https://empty.example/'))).toEqual(refused);
});

test('a name is looked up once, and the connection goes to what was checked', async () => {
  const port = await serve((_, response) => response.end());
  const answers = [[ipv4('127.0.0.1')], [ipv4('127.0.0.99')]];
  let lookUps = 0;
  const resolve = async () => answers[lookUps++] ?? [];
  const post = createCallbackPost({ targets: 'local', resolve });

  expect(await post(letterTo(`http://rebound.example:${port}/`))).toEqual({ kind: 'answered', status: 200 });
  expect(lookUps).toBe(1);
});

test('http is not spoken in a deployment', async () => {
  const { port, visits } = await trap();
  const post = createCallbackPost({ targets: 'public', resolve: async () => [ipv4('127.0.0.1')] });

  expect(await post(letterTo(`http://plain.example:${port}/`))).toEqual(refused);
  expect(visits()).toBe(0);
});

test('only a certificate of the name, by an authority that is known, is good enough', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cordon-tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(directory, name)) as [string, string];
  const subject = ['-subj', '/CN=receiver.example', '-addext', 'subjectAltName=DNS:receiver.example'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' });
  const certificate = readFileSync(cert, 'utf8');
  const server = createSecureServer({ key: readFileSync(key), cert: certificate }, (_, response) =>
    response.end(),
  );
  rmSync(directory, { recursive: true });
  const port = await listen(server);
  const post = createCallbackPost({ targets: 'local', resolve: async () => [ipv4('127.0.0.1')] });
  const known = letterTo(`https://receiver.example:${port}/`);

  expect(await post(known)).toEqual({ kind: 'failed', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });

  const authorities = getCACertificates('default');
  setDefaultCACertificates([...authorities, certificate]);
  try {
    expect(await post(known)).toEqual({ kind: 'answered', status: 200 });
    expect(await post(letterTo(`https://other.example:${port}/`))).toEqual({
      kind: 'failed',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  } finally {
    setDefaultCACertificates(authorities);
  }
});

test('a proxy that the environment names is not used', async () => {
  const { port: proxy, visits } = await trap();
  const port = await serve((_, response) => response.end());
  const module = join(import.meta.dirname, '../../../functions/deliver-callback/post-callback.ts');
  const script = `const { createCallbackPost } = await import(${JSON.stringify(module)});
    const letter = { url: 'http://127.0.0.1:${port}/', headers: {}, body: '' };
    console.log(JSON.stringify(await createCallbackPost({ targets: 'local' })(letter)));`;
  const address = `http://127.0.0.1:${proxy}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, http_proxy: address },
  });

  expect(JSON.parse(await text(child.stdout))).toEqual({ kind: 'answered', status: 200 });
  expect(visits()).toBe(0);
});
