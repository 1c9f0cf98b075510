import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { E2bBackend } from '../../../shared/sandboxes/e2b/e2b-backend.ts';
import type { Incident } from '../../../shared/sandboxes/e2b/incident.ts';
import {
  endEvent,
  type FaultServer,
  output,
  printed,
  problem,
  type Reaction,
  report,
  type Step,
  said,
  startEvent,
  started,
  startFaultServer,
  wholeRun,
} from '../../support/e2b-fault-server.ts';
import { backendAt, backendJob, shortLimits } from '../../support/e2b-fixture.ts';

let server: FaultServer;
let backend: E2bBackend;
let incidents: Incident[];
beforeEach(async () => {
  server = await startFaultServer();
  ({ backend, incidents } = backendAt(server.url));
});
afterEach(async () => {
  await backend.close();
  await server.close();
});

const requestsOf = (step: Step) => server.seen.filter((request) => request.step === step);
const bodyOf = (step: Step) => JSON.parse(requestsOf(step)[0]?.body ?? 'null');
const prints = (...messages: unknown[]): Reaction => ({ kind: 'stream', messages, last: 'trailer' });
const printsFrames = (...frames: unknown[]) => prints(startEvent, printed(...frames), endEvent());

describe('a run', () => {
  it('gives the report of the runner', async () => {
    const { report: result, artifacts } = await backend.run(backendJob());

    expect(result).toEqual({
      ending: { kind: 'exited', exitCode: 0 },
      stdout: '42\n',
      stderr: '',
      truncated: { stdout: false, stderr: false },
      error: null,
      usage: { wallTimeMs: 5, cpuTimeMs: 4, peakMemoryMiB: 9, outputBytes: 3 },
      sandboxStartMs: expect.any(Number),
    });
    expect(artifacts).toEqual([]);
    expect(incidents).toEqual([]);
  });

  it('asks for a sandbox without network, with a lifetime, named after the execution', async () => {
    await backend.run(backendJob({ source: 'import numpy' }));

    expect(bodyOf('create')).toEqual({
      templateID: 'python-data',
      timeout: 12,
      autoPause: false,
      allow_internet_access: false,
      network: { allowPublicTraffic: false },
      metadata: {
        'cordon.deployment': 'test',
        'cordon.execution': 'exe_1',
        'cordon.tenant': 'tenant-a',
        'cordon.limits': JSON.stringify(shortLimits),
      },
    });
    expect(requestsOf('create')[0]?.headers['x-api-key']).toBe('key-of-the-test');
  });

  it('starts the installed runner as root, with the sandbox own token', async () => {
    await backend.run(backendJob());

    const [start] = requestsOf('start');
    expect(start?.body).toContain('"args":["-l","-c","cordon-run"]');
    expect(start?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('root:').toString('base64')}`,
      'x-access-token': 'token',
      'e2b-sandbox-id': 'sandbox1',
    });
  });

  it('hands the whole job to the runner', async () => {
    const program = { stdin: 'in', args: ['a'], env: { A: 'b' }, context: { n: 1 } };
    await backend.run(backendJob(program, { artifacts: ['out/*'] }));

    const [upload] = requestsOf('upload');
    expect(upload?.url).toContain('username=root');
    expect(JSON.parse(/\{.*\}/.exec(upload?.body ?? '')?.[0] ?? '')).toEqual({
      language: 'python',
      source: 'print(42)',
      files: [],
      ...program,
      limits: shortLimits,
      artifacts: ['out/*'],
    });
  });

  it('takes the runner along where it is not installed, and closes its folder first', async () => {
    const uploading = backendAt(server.url, { runner: { kind: 'uploaded', source: '# the runner' } });
    await uploading.backend.run(backendJob());
    await uploading.backend.close();

    const body = requestsOf('upload')[0]?.body;
    expect(body).toContain('# the runner');
    expect(body).toContain('/run/cordon/run_program.py');
    expect(body).toContain('/run/cordon/job.json');
    expect(requestsOf('start')[0]?.body).toContain(
      'chmod 0700 /run/cordon && exec python3 -I /run/cordon/run_program.py',
    );
  });

  it('gets a sandbox of its own, and leaves none behind', async () => {
    await Promise.all(Array.from({ length: 5 }, () => backend.run(backendJob())));
    await backend.idle();

    const used = requestsOf('start').map(({ headers }) => headers['e2b-sandbox-id']);
    expect(new Set(used).size).toBe(5);
    expect([...server.alive]).toEqual([]);
  });

  it('puts frames together however they are cut', async () => {
    const text = [started, output('stdout', 'é'), report()]
      .map((frame) => `${JSON.stringify(frame)}\n`)
      .join('');
    server.script = { start: prints(startEvent, ...[...text].map(said), endEvent()) };

    const { report: result } = await backend.run(backendJob());

    expect(result.stdout).toBe('é');
  });

  it('reads the artifacts in the order of the report', async () => {
    const names = ['b.txt', 'a/ü.txt', 'c', 'd', 'e', 'f'];
    const artifacts = names.map((path) => ({ path, bytes: 8 }));
    server.script = { start: printsFrames(started, report({ artifacts })) };

    const result = await backend.run(backendJob({}, { artifacts: ['**'] }));

    expect(result.artifacts.map(({ path }) => path)).toEqual(names);
    expect(result.artifacts.map(({ content }) => Buffer.from(content).toString())).toEqual(
      names.map(() => 'artifact'),
    );
    expect(requestsOf('read').map(({ url }) => new URL(url, 'http://x').searchParams.get('path'))).toContain(
      '/home/user/a/ü.txt',
    );
  });

  it.each([
    ['outside of the home', '../etc/passwd'],
    ['of an absolute path', '/etc/passwd'],
    ['with a line break', 'a\nb'],
    ['that is no Unicode', 'a\udc80'],
    ['of a path without an end', 'a/'.repeat(600)],
  ])('leaves out an artifact %s, without reading it', async (_, path) => {
    const artifacts = [
      { path, bytes: 8 },
      { path: 'fine', bytes: 8 },
    ];
    server.script = { start: printsFrames(started, report({ artifacts })) };

    const result = await backend.run(backendJob());

    expect(result.artifacts.map((artifact) => artifact.path)).toEqual(['fine']);
    expect(requestsOf('read')).toHaveLength(1);
  });

  it('asks for no artifact that is too large, alone or together with the others', async () => {
    const sizes = {
      huge: 10_485_761,
      a: 10_000_000,
      b: 10_000_000,
      c: 10_000_000,
      d: 10_000_000,
      e: 9_999_995,
      f: 6,
      g: 5,
    };
    const artifacts = Object.entries(sizes).map(([path, bytes]) => ({ path, bytes }));
    server.script = { start: printsFrames(started, report({ artifacts })), read: problem(404) };

    await backend.run(backendJob());

    const asked = requestsOf('read').map(({ url }) =>
      new URL(url, 'http://x').searchParams.get('path')?.at(-1),
    );
    expect(asked.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'g']);
  });

  it.each([400, 403, 404])('leaves out an artifact that the program locked: %i', async (status) => {
    const artifacts = [{ path: 'locked', bytes: 8 }];
    server.script = { start: printsFrames(started, report({ artifacts })), read: problem(status) };

    expect((await backend.run(backendJob())).artifacts).toEqual([]);
  });

  it('takes an empty artifact', async () => {
    server.script = {
      start: printsFrames(started, report({ artifacts: [{ path: 'empty', bytes: 0 }] })),
      read: { kind: 'answer', status: 200, body: '' },
    };

    const { artifacts } = await backend.run(backendJob());

    expect(artifacts).toEqual([{ path: 'empty', content: new Uint8Array(0) }]);
  });
});

describe('output', () => {
  it('is decoded as UTF-8 with replacement', async () => {
    server.script = {
      start: printsFrames(
        started,
        output('stdout', Uint8Array.of(0x61, 0xff)),
        output('stderr', 'é'),
        report(),
      ),
    };

    const { report: result } = await backend.run(backendJob());

    expect([result.stdout, result.stderr]).toEqual(['a\ufffd', 'é']);
  });

  it('is cut at the limit, between characters, and that is how the program ended', async () => {
    const error = { type: 'Error', message: 'late', line: 1 };
    server.script = { start: printsFrames(started, output('stdout', 'ab€'), report({ error })) };

    const { report: result } = await backend.run(backendJob({}, { limits: { outputBytes: 4 } }));

    expect(result).toMatchObject({
      stdout: 'ab',
      truncated: { stdout: true, stderr: false },
      ending: { kind: 'limited', limit: 'outputBytes' },
      error: null,
      usage: { outputBytes: 4 },
    });
  });

  it('is cut where the runner says so', async () => {
    server.script = {
      start: printsFrames(
        started,
        output('stderr', Buffer.from('a€').subarray(0, 3)),
        report({ truncated: { stdout: false, stderr: true } }),
      ),
    };

    const { report: result } = await backend.run(backendJob());

    expect(result).toMatchObject({
      stderr: 'a',
      truncated: { stdout: false, stderr: true },
      ending: { kind: 'limited', limit: 'outputBytes' },
    });
  });
});

describe('a limit of the host', () => {
  it.each([
    ['memoryMiB', { kind: 'limited', limit: 'memoryMiB' }, { peakMemoryMiB: 64 }],
    ['cpuTimeMs', { kind: 'limited', limit: 'cpuTimeMs' }, { cpuTimeMs: 200 }],
    ['wallTimeMs', { kind: 'limited', limit: 'wallTimeMs' }, {}],
    ['outputBytes', { kind: 'limited', limit: 'outputBytes' }, {}],
    ['processes', { kind: 'blocked', attempt: 'limit processes' }, {}],
    ['diskMiB', { kind: 'blocked', attempt: 'limit diskMiB' }, {}],
  ])('%s is the ending of the program, with its output so far', async (limit, ending, usage) => {
    server.script = {
      start: prints(startEvent, printed(started, output('stdout', 'so far')), endEvent(-1, `limit ${limit}`)),
    };

    const { report: result } = await backend.run(backendJob());

    expect(result).toMatchObject({
      ending,
      stdout: 'so far',
      error: null,
      usage: { ...usage, outputBytes: 6 },
    });
    expect(incidents).toEqual([]);
  });
});

describe('TypeScript', () => {
  it('is stripped before it leaves us', async () => {
    const files = [
      { path: 'lib.ts', content: 'export const a: number = 1;', encoding: 'utf8' } as const,
      { path: 'broken.ts', content: 'let = :', encoding: 'utf8' } as const,
      { path: 'types.d.ts', content: 'type A = 1;', encoding: 'utf8' } as const,
    ];
    await backend.run(backendJob({ language: 'typescript', source: 'let a: 1;', files }));

    expect(bodyOf('create').templateID).toBe('javascript');
    const body = requestsOf('upload')[0]?.body;
    expect(body).toContain('"language":"javascript","source":"let a   ;"');
    expect(body).toContain('"export const a         = 1;"');
    expect(body).toContain('"let = :"');
    expect(body).toContain('"type A = 1;"');
  });

  it('that does not compile is told without a sandbox', async () => {
    const source = 'let a: number = 1;\nlet b: = 3;';
    const { report: result } = await backend.run(backendJob({ language: 'typescript', source }));

    expect(result).toMatchObject({
      ending: { kind: 'exited', exitCode: 1 },
      error: { type: 'SyntaxError', line: 2 },
      stderr: expect.stringMatching(/^SyntaxError: .*\n {4}at main\.ts:2:1\n$/),
    });
    expect(server.seen).toEqual([]);
  });

  it('that breaks the compiler is told without a sandbox, and the next one runs', async () => {
    const source = `${'('.repeat(200_000)}1${')'.repeat(200_000)}`;
    const broken = await backend.run(backendJob({ language: 'typescript', source }));
    const next = await backend.run(backendJob({ language: 'typescript', source: 'let a: 1;' }));

    expect(broken.report.error).toMatchObject({ type: 'SyntaxError', line: null });
    expect(next.report.stdout).toBe('42\n');
  });

  it('has its error on the line that the author wrote', async () => {
    const source = 'enum A { X }\nthrow new Error(String(A.X));';
    // Rewritten, the enum takes four lines.
    const error = { type: 'Error', message: '0', line: 5 };
    server.script = { start: printsFrames(started, report({ error })) };

    const { report: result } = await backend.run(backendJob({ language: 'typescript', source }));

    expect(result.error?.line).toBe(2);
  });
});

describe('a service that is out of order', () => {
  it('is not tried again for a while, then once, then again by everybody', async () => {
    let now = 0;
    const { backend: impatient, incidents: told } = backendAt(server.url, { nowMs: () => now });
    const run = () =>
      impatient
        .run(backendJob())
        .then(() => 'ran')
        .catch((error) => error.retryAfterSeconds);
    server.script = { create: problem(500) };
    for (let attempt = 0; attempt < 5; attempt += 1) await run();

    expect(await run()).toBe(30);
    expect(requestsOf('create')).toHaveLength(5);
    expect(told.map(({ kind }) => kind)).toEqual([...Array(4).fill('failure'), 'circuit_opened', 'failure']);

    now += 30_000;
    server.script = {};
    expect(await Promise.all([run(), run()])).toEqual(['ran', 30]);
    expect(await Promise.all([run(), run()])).toEqual(['ran', 'ran']);
    await impatient.close();
  });

  it('is not out of order because it is full', async () => {
    server.script = { create: problem(429, { 'retry-after': '1' }) };
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await expect(backend.run(backendJob())).rejects.toMatchObject({ retryAfterSeconds: 1 });
    }

    server.script = { start: wholeRun };
    await expect(backend.run(backendJob())).resolves.toBeDefined();
  });
});
