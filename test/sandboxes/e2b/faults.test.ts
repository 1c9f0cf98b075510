import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BackendError } from '../../../shared/ports/sandbox-backend.ts';
import type { E2bBackend } from '../../../shared/sandboxes/e2b/e2b-backend.ts';
import type { Incident } from '../../../shared/sandboxes/e2b/incident.ts';
import {
  complained,
  endEvent,
  type FaultServer,
  html,
  nowhere,
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
} from '../../support/e2b-fault-server.ts';
import { backendAt, backendJob, shortPatience } from '../../support/e2b-fixture.ts';

/** Far above the one patience that a row uses up, below the SDK's own minute. */
const boundMs = 6_000;

const handOver = { failure: 'backend_unavailable', beforeStart: true, retryAfterSeconds: null };
const lostBefore = { failure: 'sandbox_lost', beforeStart: true, retryAfterSeconds: null };
const lost = { failure: 'sandbox_lost', beforeStart: false, retryAfterSeconds: null };

const reset: Reaction = { kind: 'reset' };
const hang: Reaction = { kind: 'hang' };
const stream = (messages: unknown[], last: Extract<Reaction, { kind: 'stream' }>['last']): Reaction => ({
  kind: 'stream',
  messages,
  last,
});
const withArtifact = stream(
  [startEvent, printed(started, report({ artifacts: [{ path: 'a.txt', bytes: 8 }] })), endEvent()],
  'trailer',
);

type Row = [name: string, script: Partial<Record<Step, Reaction>>, expected: object, log: RegExp];

const creating: Row[] = [
  ['400', { create: problem(400) }, handOver, /malformed.*refused with 400/],
  ['401', { create: problem(401) }, handOver, /API key was refused/],
  ['403', { create: problem(403) }, handOver, /may not do this/],
  ['404', { create: problem(404) }, handOver, /check the name of the template/],
  ['409', { create: problem(409) }, handOver, /conflicting change/],
  ['429 without Retry-After', { create: problem(429) }, handOver, /at its limit/],
  [
    '429 with Retry-After',
    { create: problem(429, { 'retry-after': '7' }) },
    { ...handOver, retryAfterSeconds: 7 },
    /at its limit/,
  ],
  [
    '429 with a Retry-After of now',
    { create: problem(429, { 'retry-after': '0' }) },
    { ...handOver, retryAfterSeconds: 0 },
    /at its limit/,
  ],
  [
    '429 with an endless Retry-After',
    { create: problem(429, { 'retry-after': '99999999' }) },
    { ...handOver, retryAfterSeconds: 3600 },
    /at its limit/,
  ],
  [
    '429 with a senseless Retry-After',
    { create: problem(429, { 'retry-after': '-1 of them' }) },
    handOver,
    /at its limit/,
  ],
  ['500', { create: problem(500) }, handOver, /the service failed/],
  ['502', { create: problem(502) }, handOver, /the service failed/],
  [
    '503 with Retry-After',
    { create: problem(503, { 'retry-after': '3' }) },
    { ...handOver, retryAfterSeconds: 3 },
    /the service failed/,
  ],
  ['504', { create: problem(504) }, handOver, /the service failed/],
  ['502 in HTML', { create: html(502) }, handOver, /the service failed.*502/],
  ['200 in HTML', { create: html(200) }, handOver, /not of this API/],
  [
    '201 without a sandbox',
    { create: { kind: 'answer', status: 201, body: '{}' } },
    handOver,
    /not of this API/,
  ],
  [
    '201 with a path for an id',
    { create: { kind: 'answer', status: 201, body: '{"sandboxID":"../x","envdVersion":"0.5.7"}' } },
    handOver,
    /not of this API/,
  ],
  ['a reset', { create: reset }, handOver, /connection was cut/],
  ['a hang', { create: hang }, handOver, /no answer in time/],
];

const preparing: Row[] = [
  ...([400, 401, 403, 404, 429, 500, 502, 503, 507] as const).flatMap((status): Row[] => {
    const isSandbox = [404, 502, 507].includes(status);
    return [
      [`upload: ${status}`, { upload: problem(status) }, isSandbox ? lostBefore : handOver, /preparing/],
    ];
  }),
  ['upload: 502 in HTML', { upload: html(502) }, lostBefore, /sandbox is gone/],
  ['upload: 200 in HTML', { upload: html(200) }, handOver, /preparing/],
  ['upload: a reset', { upload: reset }, handOver, /connection was cut/],
  ['upload: a hang', { upload: hang }, handOver, /no answer in time/],
  ...([400, 401, 404, 429, 500, 502, 503, 504] as const).map((status): Row => {
    const isRefusal = [429, 502, 503, 504].includes(status);
    return [`start: ${status}`, { start: problem(status) }, isRefusal ? lostBefore : handOver, /preparing/];
  }),
  ['start: 502 in HTML', { start: html(502) }, lostBefore, /preparing/],
  ['start: 200 in HTML', { start: html(200) }, handOver, /preparing/],
  ['start: a reset', { start: reset }, handOver, /preparing/],
  ['start: a hang', { start: hang }, handOver, /no answer in time/],
  ['a stream cut before start', { start: stream([], 'reset') }, handOver, /preparing/],
  ['a stream without start', { start: stream([], 'trailer') }, handOver, /preparing/],
  ['a stream that ends before start without a trailer', { start: stream([], 'end') }, handOver, /preparing/],
  ['a stream that hangs before start', { start: stream([], 'hang') }, handOver, /no answer in time/],
  ['a stream that fails before start', { start: stream([], 'error') }, lostBefore, /sandbox is gone/],
  [
    'a stream that starts with output',
    { start: stream([printed(started)], 'trailer') },
    handOver,
    /preparing/,
  ],
];

const starting: Row[] = [
  ['a stream cut after start', { start: stream([startEvent], 'reset') }, lost, /connection was cut/],
  [
    'a stream cut after start, and a sandbox that is gone',
    { start: stream([startEvent], 'reset'), health: problem(502) },
    lost,
    /sandbox is gone/,
  ],
  [
    'a stream cut after start, and a sandbox that hangs',
    { start: stream([startEvent], 'reset'), health: hang },
    lost,
    /no answer in time/,
  ],
  ['a stream that hangs after start', { start: stream([startEvent], 'hang') }, lost, /no answer in time/],
  ['a stream that fails after start', { start: stream([startEvent], 'error') }, lost, /sandbox is gone/],
  [
    'a stream that ends after start without a trailer',
    { start: stream([startEvent], 'end') },
    lost,
    /starting/,
  ],
  [
    'a runner that is not there',
    { start: stream([startEvent, complained('cordon-run: command not found\n'), endEvent(127)], 'trailer') },
    lostBefore,
    /does the template have python3/,
  ],
  [
    'a runner that ends at once',
    { start: stream([startEvent, endEvent()], 'trailer') },
    lostBefore,
    /without a report/,
  ],
  [
    'a limit of the host before the program',
    { start: stream([startEvent, endEvent(-1, 'limit memoryMiB')], 'trailer') },
    lostBefore,
    /makes no sense/,
  ],
  [
    'garbage instead of a start',
    { start: stream([startEvent, said('hello\n')], 'hang') },
    lostBefore,
    /makes no sense/,
  ],
  [
    'output before the start',
    { start: stream([startEvent, printed(output('stdout', 'x'), started)], 'hang') },
    lostBefore,
    /makes no sense/,
  ],
  [
    'a line without an end',
    { start: stream([startEvent, said('x'.repeat(1_100_000))], 'hang') },
    lostBefore,
    /more than any program/,
  ],
];

const running: Row[] = [
  [
    'a stream cut while the program runs',
    { start: stream([startEvent, printed(started, output('stdout', '4'))], 'reset') },
    lost,
    /connection was cut/,
  ],
  [
    'a stream that hangs while the program runs',
    { start: stream([startEvent, printed(started)], 'hang') },
    lost,
    /no answer in time/,
  ],
  [
    'a sandbox that dies while the program runs',
    { start: stream([startEvent, printed(started)], 'error') },
    lost,
    /sandbox is gone/,
  ],
  [
    'a runner that dies while the program runs',
    { start: stream([startEvent, printed(started), endEvent(-1, 'signal: killed')], 'trailer') },
    lost,
    /without a report/,
  ],
  [
    'a runner that ends without a report',
    { start: stream([startEvent, printed(started), endEvent()], 'trailer') },
    lost,
    /without a report/,
  ],
  [
    'an end that only looks like a limit',
    { start: stream([startEvent, printed(started), endEvent(-1, 'limit nothing')], 'trailer') },
    lost,
    /without a report/,
  ],
  [
    'garbage while the program runs',
    { start: stream([startEvent, printed(started), said('{"stdout":\n')], 'hang') },
    lost,
    /makes no sense/,
  ],
  [
    'a frame with more in it',
    { start: stream([startEvent, printed(started, { stdout: '', and: 1 })], 'hang') },
    lost,
    /makes no sense/,
  ],
  [
    'output that is not base64',
    { start: stream([startEvent, printed(started, { stdout: '<>' })], 'hang') },
    lost,
    /makes no sense/,
  ],
  [
    'a second start',
    { start: stream([startEvent, printed(started, started)], 'hang') },
    lost,
    /makes no sense/,
  ],
  [
    'a report with an unknown ending',
    { start: stream([startEvent, printed(started, report({ ending: { kind: 'won' } }))], 'hang') },
    lost,
    /makes no sense/,
  ],
  [
    'a report with negative usage',
    {
      start: stream(
        [
          startEvent,
          printed(
            started,
            report({ usage: { wallTimeMs: -1, cpuTimeMs: 0, peakMemoryMiB: 0, outputBytes: 0 } }),
          ),
        ],
        'hang',
      ),
    },
    lost,
    /makes no sense/,
  ],
  [
    'more than any program can print',
    {
      start: stream(
        [
          startEvent,
          printed(started),
          ...Array.from({ length: 5 }, () => printed(output('stdout', new Uint8Array(500_000)))),
        ],
        'hang',
      ),
    },
    lost,
    /more than any program/,
  ],
];

const collecting: Row[] = [
  ...([401, 429, 500, 502] as const).map(
    (status): Row => [
      `artifact: ${status}`,
      { start: withArtifact, read: problem(status) },
      lost,
      /reading the artifacts/,
    ],
  ),
  ['artifact: a reset', { start: withArtifact, read: reset }, lost, /reading the artifacts/],
  ['artifact: a hang', { start: withArtifact, read: hang }, lost, /no answer in time/],
  [
    'artifact: shorter than reported',
    { start: withArtifact, read: { kind: 'answer', status: 200, body: 'short' } },
    lost,
    /reading the artifacts/,
  ],
  [
    'artifact: longer than reported',
    { start: withArtifact, read: { kind: 'answer', status: 200, body: 'much too long' } },
    lost,
    /reading the artifacts/,
  ],
];

/** The SDK loads its HTTP client with the first request, which is no row's fault. */
beforeAll(async () => {
  const first = await startFaultServer();
  const { backend: loading } = backendAt(first.url);
  await loading.run(backendJob());
  await loading.close();
  await first.close();
});

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

describe.each([
  ['creating a sandbox', creating],
  ['preparing it', preparing],
  ['starting the program', starting],
  ['running it', running],
  ['collecting artifacts', collecting],
])('a fault while %s', (_, rows) => {
  it.each(rows)('%s', async (_name, script, expected, log) => {
    server.script = script;
    if (hangs(script)) ({ backend, incidents } = backendAt(server.url, { patience: shortPatience }));
    const beginMs = performance.now();

    const error = await backend
      .run(backendJob({}, { artifacts: ['*'] }))
      .catch((thrown: BackendError) => thrown);

    expect(performance.now() - beginMs).toBeLessThan(boundMs);
    expect(error).toMatchObject({ name: 'BackendError', ...expected });
    expect(incidents).toEqual([
      expect.objectContaining({ kind: 'failure', message: expect.stringMatching(log), executionId: 'exe_1' }),
    ]);
    await backend.idle();
    expect([...server.alive]).toEqual([]);
    expect(countOf('create')).toBe(1);
    expect(countOf('start')).toBeLessThanOrEqual(1);
    await expectQuiet();
  });
});

function hangs(script: Partial<Record<Step, Reaction>>): boolean {
  return Object.values(script).some(
    (reaction) => reaction.kind === 'hang' || (reaction.kind === 'stream' && reaction.last === 'hang'),
  );
}

const countOf = (step: Step) => server.seen.filter((request) => request.step === step).length;

/** The SDK's own question after a sandbox's health ends by itself after 5 s; everything else was given up by us. */
async function expectQuiet(): Promise<void> {
  const deadlineMs = performance.now() + 2_000;
  const isBusy = () => server.open() > countOf('health');
  while (isBusy() && performance.now() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isBusy()).toBe(false);
}

describe('an address where nothing listens', () => {
  it('is a hand-over at once', async () => {
    const { backend: lonely, incidents: told } = backendAt(await nowhere());

    await expect(lonely.run(backendJob())).rejects.toMatchObject(handOver);

    expect(told[0]?.message).toMatch(/nothing can be reached/);
    await lonely.close();
  });
});

describe('the log', () => {
  it('never repeats the API key, the source or the output', async () => {
    server.script = {
      create: [
        { kind: 'answer', status: 401, body: '{"code":401,"message":"key-of-the-test is not a key"}' },
        stream([], 'trailer'),
      ],
    };
    await backend.run(backendJob({ source: 'secret-source' })).catch(() => {});
    server.script = { start: stream([startEvent, said('secret-output\n')], 'hang') };
    await backend.run(backendJob({ source: 'secret-source' })).catch(() => {});

    const log = JSON.stringify(incidents);
    expect(incidents).toHaveLength(2);
    expect(log).toContain('… is not a key');
    expect(log).not.toMatch(/key-of-the-test|secret-/);
  });
});

describe('a sandbox that can not be ended', () => {
  it.each([
    ['500', problem(500)],
    ['a reset', reset],
    ['a hang', hang],
  ])('is reported and costs the result nothing: %s', async (_, kill) => {
    server.script = { kill };
    ({ backend, incidents } = backendAt(server.url, { patience: shortPatience }));

    const { report: result } = await backend.run(backendJob());
    await backend.idle();

    expect(result.stdout).toBe('42\n');
    expect(incidents).toEqual([
      expect.objectContaining({ kind: 'kill_failed', sandboxId: 'sandbox1', level: 'warn' }),
    ]);
    expect(countOf('kill')).toBe(2);
  });

  it('is ended at the second try', async () => {
    server.script = { kill: [problem(503), problem(404)] };

    await backend.run(backendJob());
    await backend.idle();

    expect(incidents).toEqual([]);
  });
});
