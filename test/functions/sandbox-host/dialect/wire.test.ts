import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Guest } from '../../../../functions/sandbox-host/guest/guest.ts';
import type { Sandbox } from '../../../../functions/sandbox-host/sandboxes/sandbox.ts';
import {
  countDescriptors,
  type DialectFixture,
  eventually,
  startDialect,
} from '../../../support/dialect-fixture.ts';
import { describeOnEachGuest } from '../../../support/guest-kinds.ts';
import { frame, openRaw, type RawConnection, requestText } from '../../../support/raw-http.ts';

const connectJson = 'application/connect+json';
/** Two tests wait for these; every other request must come in time, on a busy machine too. */
const timeouts = { headersMs: 2_000, requestMs: 4_000 };

/** Every test leaves the host as healthy as it was, and nothing behind. */
describeOnEachGuest('bad input on the wire', (startGuest) => {
  let dialect: DialectFixture;
  let sandbox: Sandbox;
  let descriptors: number;
  /** What the next guests wait for. */
  let slowness = Promise.resolve();
  const open: RawConnection[] = [];

  beforeAll(async () => {
    const startSlowly: typeof startGuest = async (...how) => {
      await slowness;
      return startGuest(...how);
    };
    dialect = await startDialect({ startGuest: startSlowly, timeouts });
    // What a first request makes the process open for good is no leak.
    const connection = await raw();
    connection.send(requestText('GET /health'));
    await connection.until(/204 No Content/);
    await connection.vanish();
  });
  afterAll(() => dialect.close());

  beforeEach(async () => {
    descriptors = countDescriptors();
    sandbox = await dialect.sandboxes.create({
      template: 'python',
      timeoutSeconds: 60,
      metadata: {},
      env: {},
      limits: {
        wallTimeMs: 1e4,
        cpuTimeMs: 1e4,
        memoryMiB: 256,
        outputBytes: 1e6,
        processes: 16,
        diskMiB: 32,
      },
    });
  });

  afterEach(async () => {
    const healthy = await raw();
    healthy.send(start('echo fine'));
    expect(await healthy.until(/"end"/)).toContain(Buffer.from('fine\n').toString('base64'));
    for (const connection of open.splice(0)) await connection.vanish();
    expect(sandbox.processes.list()).toEqual([]);
    dialect.sandboxes.kill(sandbox, 'requested');
    await dialect.sandboxes.idle();
    await eventually(() => countDescriptors() <= descriptors, 'the descriptors of before');
    expect(dialect.sandboxes.counts()).toMatchObject({ starting: 0, running: 0, ending: 0 });
    expect(dialect.errors).toEqual([]);
  });

  async function raw(): Promise<RawConnection> {
    const connection = await openRaw(dialect.port);
    open.push(connection);
    return connection;
  }

  function auth(): Record<string, string> {
    return { 'e2b-sandbox-id': sandbox.id, 'x-access-token': sandbox.accessToken };
  }

  function inside(call: string, contentType: string, body: string | Uint8Array, headers = {}): Buffer {
    return requestText(`POST ${call}`, { ...auth(), 'content-type': contentType, ...headers }, body);
  }

  function start(command: string, headers: Record<string, string> = {}): Buffer {
    const message = { process: { cmd: '/bin/sh', args: ['-c', command] }, stdin: false };
    return inside('/process.Process/Start', connectJson, frame(message), headers);
  }

  async function answerTo(request: Buffer): Promise<string> {
    const connection = await raw();
    connection.send(request);
    return connection.until(/\r\n\r\n/);
  }

  const control = (line: string, body: unknown = '', headers: Record<string, string> = {}) =>
    requestText(
      line,
      { 'x-api-key': dialect.apiKey, ...headers },
      typeof body === 'string' ? body : JSON.stringify(body),
    );

  describe('a request that makes no sense gets a clear refusal', () => {
    const gone = { 'e2b-sandbox-id': 'i0000000000000000000', 'x-access-token': 'any' };
    const json = 'application/json';
    const cases: [name: string, request: () => Buffer, answer: RegExp][] = [
      [
        'an unknown route',
        () => control('GET /nothing'),
        / 501 .*GET \/nothing is not supported; supported are/s,
      ],
      ['an unknown method', () => control('PATCH /sandboxes'), / 501 /],
      [
        'an unknown call of a service',
        () => inside('/process.Process/Update', json, '{}'),
        / 501 .*unimplemented/s,
      ],
      ['a target that is no path', () => control('GET http://%zz/'), / 501 /],
      ['no API key', () => requestText('GET /sandboxes'), / 401 .*API key/s],
      ['a wrong API key', () => requestText('GET /sandboxes', { 'x-api-key': 'e2b_wrong' }), / 401 /],
      ['metrics without the API key', () => requestText('GET /metrics'), / 401 /],
      ['no sandbox', () => requestText('POST /process.Process/List', {}, '{}'), / 400 .*E2b-Sandbox-Id/s],
      ['a foreign sandbox', () => requestText('GET /files?path=a', gone), / 502 .*not found/s],
      ['the health of a foreign sandbox', () => requestText('GET /health', gone), / 502 /],
      [
        'a wrong token',
        () => requestText('GET /files?path=a', { ...auth(), 'x-access-token': 'a' }),
        / 401 /,
      ],
      [
        'another port',
        () => requestText('GET /files?path=a', { ...auth(), 'e2b-sandbox-port': '80' }),
        / 501 /,
      ],
      ['a host with another port', () => requestText('GET /health', { host: `80-${sandbox.id}.x` }), / 501 /],
      ['an unknown id in control', () => control('GET /sandboxes/i0'), / 404 /],
      ['an id that is none', () => control('DELETE /sandboxes/..%2f..'), / 404 /],
      [
        'a template that is an old property',
        () => control('POST /sandboxes', { templateID: 'constructor' }),
        / 404 /,
      ],
      ['no template', () => control('POST /sandboxes', {}), / 400 /],
      ['a body that is no JSON', () => control('POST /sandboxes', '{"templateID":'), / 400 .*not JSON/s],
      ['an unknown field', () => control('POST /sandboxes', { templateID: 'base', mcp: {} }), / 501 .*mcp/s],
      [
        'a network',
        () => control('POST /sandboxes', { templateID: 'base', allow_internet_access: true }),
        / 501 /,
      ],
      [
        'too long a time',
        () => control('POST /sandboxes', { templateID: 'base', timeout: 1e9 }),
        / 400 .*timeout/s,
      ],
      [
        'limits that are none',
        () => control('POST /sandboxes', { templateID: 'base', metadata: { 'cordon.limits': '{' } }),
        / 400 .*cordon\.limits/s,
      ],
      ['a page that is none', () => control('GET /sandboxes?nextToken=x'), / 400 .*nextToken/s],
      ['a limit that is none', () => control('GET /sandboxes?limit=-1'), / 400 .*limit/s],
      ['metadata that is none', () => control('GET /sandboxes?metadata=%25zz'), / 400 .*metadata/s],
      [
        'a body announced as too large',
        () => control('POST /sandboxes', '', { 'content-length': '99999999' }),
        / 413 /,
      ],
      [
        'a file announced as too large',
        () => inside('/files?path=a', 'application/octet-stream', '', { 'content-length': '999999999' }),
        / 413 /,
      ],
      [
        'a message announced as too large',
        () => inside('/process.Process/Start', connectJson, '', { 'content-length': '9999999' }),
        / 413 /,
      ],
      ['another codec', () => inside('/process.Process/Start', 'application/connect+proto', 'x'), / 415 /],
      [
        'another codec of a plain call',
        () => inside('/process.Process/List', 'application/proto', 'x'),
        / 415 /,
      ],
      [
        'a compressed call',
        () => inside('/process.Process/List', json, 'x', { 'content-encoding': 'gzip' }),
        / 501 .*unimplemented/s,
      ],
      [
        'a message that is no JSON',
        () => inside('/process.Process/List', json, '{'),
        / 400 .*invalid_argument.*not JSON/s,
      ],
      [
        'a message of another shape',
        () => inside('/process.Process/SendInput', json, '{"process":{}}'),
        / 400 .*invalid_argument/s,
      ],
      [
        'input that is not base64',
        () => inside('/process.Process/SendInput', json, '{"process":{"pid":1},"input":{"stdin":"%"}}'),
        / 400 /,
      ],
      [
        'an unknown process',
        () => inside('/process.Process/SendSignal', json, '{"process":{"pid":99},"signal":9}'),
        / 404 .*pid 99/s,
      ],
      [
        'an unknown signal',
        () => inside('/process.Process/SendSignal', json, '{"process":{"pid":99},"signal":1}'),
        / 400 /,
      ],
      [
        'an unknown user',
        () =>
          inside('/filesystem.Filesystem/Stat', json, '{}', { authorization: `Basic ${btoa('daemon:')}` }),
        / 401 .*unauthenticated/s,
      ],
      ['an unknown user of files', () => requestText('GET /files?path=a&username=daemon', auth()), / 401 /],
      [
        'a path with a zero byte',
        () => inside('/filesystem.Filesystem/Stat', json, '{"path":"a\\u0000b"}'),
        / 400 .*zero/s,
      ],
      [
        'a path that is too long',
        () => inside('/filesystem.Filesystem/Stat', json, JSON.stringify({ path: 'a/'.repeat(4_000) })),
        / 400 .*too long/s,
      ],
      ['no path', () => requestText('GET /files', auth()), / 400 .*path/s],
      [
        'a form without a boundary',
        () => inside('/files?path=a', 'multipart/form-data', 'x'),
        / 400 .*boundary/s,
      ],
      [
        'a form that ends early',
        () =>
          inside(
            '/files?path=a',
            'multipart/form-data; boundary=b',
            '--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nhalf',
          ),
        / 400 .*ends before/s,
      ],
      [
        'a form of something else',
        () => inside('/files?path=a', 'multipart/form-data; boundary=b', 'hello there'),
        / 400 .*does not start/s,
      ],
      ['a file as something else', () => inside('/files?path=a', 'text/plain', 'x'), / 415 /],
      [
        'a file in an unknown encoding',
        () => inside('/files?path=a', 'application/octet-stream', 'x', { 'content-encoding': 'br' }),
        / 415 /,
      ],
      [
        'a file that is not gzip',
        () =>
          inside('/files?path=a', 'application/octet-stream', 'x'.repeat(99), { 'content-encoding': 'gzip' }),
        / 400 .*gzip/s,
      ],
      [
        'a file that is half a gzip',
        () =>
          inside('/files?path=a', 'application/octet-stream', gzipSync('x'.repeat(99)).subarray(0, 15), {
            'content-encoding': 'gzip',
          }),
        / 400 .*gzip/s,
      ],
    ];

    test.each(cases)('%s', async (_name, request, answer) => {
      expect(await answerTo(request())).toMatch(answer);
    });
  });

  describe('a malformed frame ends its stream with the reason', () => {
    const message = { process: { cmd: '/bin/true' } };
    const cases: [name: string, body: Buffer, reason: RegExp][] = [
      ['no frame', Buffer.from('abc'), /invalid_argument.*no header/],
      [
        'a frame that announces too much',
        frame(message, { length: 4_000_000_000 }),
        /invalid_argument.*announces/,
      ],
      ['a frame that is cut', frame(message).subarray(0, -3), /invalid_argument.*announces/],
      [
        'a frame that announces too little',
        frame(message, { length: 5 }),
        /invalid_argument.*more than the one/,
      ],
      ['two frames', Buffer.concat([frame(message), frame(message)]), /invalid_argument.*more than the one/],
      ['a compressed frame', frame(message, { flags: 1 }), /unimplemented.*compressed/],
      ['the end of a stream as a request', frame({}, { flags: 2 }), /invalid_argument.*flags 2/],
      ['a frame that is no JSON', frame('{"process"'), /invalid_argument.*not JSON/],
      ['an empty frame', frame(''), /invalid_argument.*not JSON/],
      ['a message without a command', frame({ process: {} }), /invalid_argument.*cmd/],
      ['a command with a zero byte', frame({ process: { cmd: 'a\0b' } }), /invalid_argument.*zero byte/],
      [
        'a variable without a name',
        frame({ process: { cmd: 'a', envs: { '': 'x' } } }),
        /invalid_argument.*process\.envs/,
      ],
      ['a command that is not there', frame({ process: { cmd: '/bin/nothing' } }), /not_found/],
      ['a terminal', frame({ ...message, pty: { size: { cols: 1, rows: 1 } } }), /unimplemented.*pty/],
    ];

    test.each(cases)('%s', async (_name, body, reason) => {
      const connection = await raw();

      connection.send(inside('/process.Process/Start', connectJson, body));

      const answer = await connection.until(/\r\n0\r\n\r\n/);
      expect(answer).toMatch(/200 OK.*application\/connect\+json/s);
      expect(answer).toMatch(reason);
    });

    test('a deadline that is no number', async () => {
      const connection = await raw();
      connection.send(start('true', { 'connect-timeout-ms': '1e9' }));
      expect(await connection.until(/\r\n0\r\n\r\n/)).toMatch(/invalid_argument.*Connect-Timeout-Ms/);
    });
  });

  describe('what is no request', () => {
    test('garbage is refused and the connection closed', async () => {
      const connection = await raw();
      connection.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 what is this\r\n\r\n');
      expect(await connection.closed).toMatch(/^HTTP\/1\.1 400 Bad Request.*HTTP\/1\.1"}$/s);
    });

    test('garbage behind requests is refused after their answers', async () => {
      const connection = await raw();
      connection.send(
        Buffer.concat([requestText('GET /health'), start('echo first'), Buffer.from('GARBAGE\r\n\r\n')]),
      );
      const received = await connection.closed;
      expect(received).toMatch(/^HTTP\/1\.1 204.*HTTP\/1\.1 200.*"end".*HTTP\/1\.1 400 Bad Request/s);
    });

    test('a flood of headers is refused', async () => {
      const connection = await raw();
      connection.send(`GET /health HTTP/1.1\r\nhost: a\r\n${'x-flood: y\r\n'.repeat(20_000)}\r\n`);
      expect(await connection.closed).toMatch(/^HTTP\/1\.1 431 /);
    });

    test('headers that never end are given up', async () => {
      const connection = await raw();
      connection.send('GET /health HTTP/1.1\r\nhost: a\r\nx-slow: ');
      expect(await connection.closed).toMatch(/^HTTP\/1\.1 408 /);
    });

    test('a body that never comes is given up', async () => {
      const connection = await raw();
      connection.send(inside('/process.Process/Start', connectJson, '', { 'content-length': '100' }));
      expect(await connection.closed).toMatch(/^HTTP\/1\.1 408 /);
    });

    test('half a request before the client is gone is forgotten', async () => {
      for (const half of [
        start('true').subarray(0, -5),
        inside('/files?path=half', 'application/octet-stream', 'ab', { 'content-length': '5000' }),
      ]) {
        const connection = await raw();
        connection.send(half);
        await new Promise((resolve) => setTimeout(resolve, 30));
        await connection.vanish();
      }
    });
  });

  describe('sizes', () => {
    test('a body that grows too large on the way is refused, and the rest not waited for', async () => {
      const connection = await raw();
      const chunk = Buffer.alloc(100_000, ' ');
      connection.send(control('POST /sandboxes', '', { 'transfer-encoding': 'chunked' }));
      for (let sent = 0; sent < 4; sent += 1)
        connection.send(
          Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
        );
      expect(await connection.until(/larger than/)).toMatch(/^HTTP\/1\.1 413 /);
      await connection.closed;
    });

    test('a small file that unpacks to a huge one is refused', async () => {
      const bomb = gzipSync(Buffer.alloc(140 * 1024 * 1024), { level: 9 });
      expect(bomb.length).toBeLessThan(200_000);
      const headers = { 'content-encoding': 'gzip' };
      expect(await answerTo(inside('/files?path=bomb', 'application/octet-stream', bomb, headers))).toMatch(
        / 413 | 507 /,
      );
    });

    test('input for a process that does not read it is refused when it piles up', async () => {
      const connection = await raw();
      connection.send(
        inside(
          '/process.Process/Start',
          connectJson,
          frame({ process: { cmd: '/bin/sleep', args: ['60'] }, stdin: true }),
        ),
      );
      await connection.until(/"start"/);
      const process = sandbox.processes.list()[0];
      const message = JSON.stringify({
        process: { pid: process?.pid },
        input: { stdin: Buffer.alloc(3_000_000).toString('base64') },
      });
      const inputs = await Promise.all([raw(), raw(), raw(), raw()]);

      for (const input of inputs)
        input.send(inside('/process.Process/SendInput', 'application/json', message));

      const refused = await Promise.race(inputs.map((input) => input.until(/\r\n\r\n/)));
      expect(refused).toMatch(/ 429 .*resource_exhausted/s);
      await process?.signal('SIGKILL');
      await connection.until(/signal: killed/);
    });
  });

  describe('slow and vanishing clients', () => {
    test('a client that goes away does not take its process with it', async () => {
      const connection = await raw();
      connection.send(start('sleep 0.3; echo alive > marker; echo to nobody'));
      await connection.until(/"start"/);
      await connection.vanish();

      await eventually(() => sandbox.processes.list().length === 0, 'the end of the process');

      expect(await answerTo(requestText('GET /files?path=marker', auth()))).toMatch(/ 200 /);
    });

    test('the deadline kills a process whose client is gone', async () => {
      const connection = await raw();
      connection.send(start('sleep 60', { 'connect-timeout-ms': '400' }));
      await connection.until(/"start"/);
      await connection.vanish();

      await eventually(() => sandbox.processes.list().length === 0, 'the end of the process');
    });

    test('the deadline ends a stream with the reason', async () => {
      const connection = await raw();
      connection.send(start('echo begun; sleep 60', { 'connect-timeout-ms': '300' }));
      expect(await connection.until(/\r\n0\r\n\r\n/)).toMatch(/"data".*deadline_exceeded/s);
      await eventually(() => sandbox.processes.list().length === 0, 'the end of the process');
    });

    test('a silent stream says that it is alive', async () => {
      const connection = await raw();
      connection.send(start('sleep 1.3', { 'keepalive-ping-interval': '1' }));
      expect(await connection.until(/"end"/)).toMatch(/"start".*"keepalive".*"end"/s);
    });

    test('a process waits for a client that does not read, in bounded memory, and goes on when it does', async () => {
      const connection = await raw();
      connection.socket.pause();
      const megabytes = 24;
      connection.send(
        start(
          `i=0; while [ $i -lt ${megabytes} ]; do head -c 1000000 /dev/zero | tr '\\0' x; i=$((i+1)); echo $i > next; mv next progress; done`,
          { connection: 'close' },
        ),
      );
      const progress = async () => {
        const text = await answerTo(requestText('GET /files?path=progress', auth()));
        return Number(text.split('\r\n\r\n')[1]);
      };
      await eventually(async () => (await progress()) >= 1, 'the first megabyte');
      let written = await progress();
      for (let still = 0; still < 5; still += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const now = await progress();
        if (now !== written) still = 0;
        written = now;
      }

      expect(written).toBeLessThan(megabytes - 8);
      connection.socket.resume();
      const received = await connection.closed;
      const data = [...received.matchAll(/"stdout":"([^"]*)"/g)].map(([, text = '']) =>
        Buffer.from(text, 'base64'),
      );
      expect(Buffer.concat(data).length).toBe(megabytes * 1_000_000);
    }, 60_000);

    test('a file waits for a client that does not read it', async () => {
      const size = 30_000_000;
      const put = inside('/files?path=big', 'application/octet-stream', Buffer.alloc(size, 'b'));
      expect(await answerTo(put)).toMatch(/ 200 /);
      const taken = countTaken(sandbox.guest);
      const connection = await raw();
      connection.socket.pause();
      connection.send(requestText('GET /files?path=big', { ...auth(), connection: 'close' }));

      await eventually(() => taken() > 0, 'the first bytes');
      for (let before = 0; before < taken(); await new Promise((resolve) => setTimeout(resolve, 200)))
        before = taken();

      expect(taken()).toBeLessThan(size - 8_000_000);
      connection.socket.resume();
      expect((await connection.closed).endsWith('b'.repeat(1_000))).toBe(true);
      expect(taken()).toBe(size);
    });

    test('a sandbox whose client went away before it heard of it is ended', async () => {
      const isSlow = Promise.withResolvers<void>();
      slowness = isSlow.promise;
      const connection = await raw();
      connection.send(control('POST /sandboxes', { templateID: 'base' }));
      await eventually(() => dialect.sandboxes.counts().starting > 0, 'the start of the sandbox');
      await connection.vanish();
      isSlow.resolve();
      await eventually(() => dialect.sandboxes.counts().ended.client_vanished === 1, 'its end');
    });
  });

  describe('a sandbox that ends by itself', () => {
    test('its streams end with an error, and then it is unknown', async () => {
      const connection = await raw();
      connection.send(start('sleep 60'));
      await connection.until(/"start"/);
      const own = sandbox;

      await own.guest.kill();

      expect(await connection.until(/\r\n0\r\n\r\n/)).toMatch(
        /"code":"unavailable","message":"the sandbox is gone"/,
      );
      expect(await answerTo(requestText('GET /health', { 'e2b-sandbox-id': own.id }))).toMatch(/ 502 /);
      sandbox = await dialect.sandboxes.create({
        template: 'python',
        timeoutSeconds: 60,
        metadata: {},
        env: {},
        limits: own.limits,
      });
    });
  });
});

/** How many bytes of its files the host has taken from a guest. */
function countTaken(guest: Guest): () => number {
  let taken = 0;
  const { readFile } = guest;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      taken += chunk.length;
      yield chunk;
    }
  }
  guest.readFile = async (path, user) => {
    const { size, chunks } = await readFile(path, user);
    return { size, chunks: counted(chunks) };
  };
  return () => taken;
}
