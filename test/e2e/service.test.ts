import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CordonClient, SubmitBody } from '../../scripts/cordon-client.ts';
import type { ExecutionView } from '../../shared/contract/execution-view.ts';
import { defaultLimits } from '../../shared/domain/limits.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;
let client: CordonClient;

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
}, 60_000);

afterAll(() => fixture.end(), 60_000);

async function run(request: SubmitBody, waitSeconds = 25): Promise<ExecutionView> {
  const answer = await client.submit(request, { waitSeconds });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

function python(source: string, more: Partial<SubmitBody> = {}): SubmitBody {
  return { language: 'python', source, ...more };
}

describe('one execution', () => {
  test('context, stdin, args, env and files reach the program', async () => {
    const source = [
      'import os, sys',
      'print(context["n"] * 2, sys.stdin.read(), sys.argv[1:], os.environ["NAME"], open("data.csv").read())',
    ].join('\n');

    const execution = await run(
      python(source, {
        context: { n: 21 },
        stdin: 'in',
        args: ['a', 'b'],
        env: { NAME: 'ada' },
        files: [{ path: 'data.csv', content: 'x,y' }],
      }),
    );

    expect(execution).toMatchObject({
      status: 'completed',
      outcome: 'succeeded',
      exitCode: 0,
      stdout: "42 in ['a', 'b'] ada x,y\n",
      backend: 'wasm',
      attempts: 1,
    });
    expect(execution.usage?.outputBytes).toBe(execution.stdout.length);
    expect(execution.usage?.wallTimeMs).toBeGreaterThan(0);
    expect(execution.costUsd).toBeGreaterThan(0);
  });

  test('an uncaught exception is reported with type, message and line', async () => {
    const execution = await run(python('def f():\n    return 1 / 0\n\nf()'));
    expect(execution).toMatchObject({
      outcome: 'nonzero_exit',
      exitCode: 1,
      error: { type: 'ZeroDivisionError', message: 'division by zero', line: 2 },
    });
    expect(execution.stderr).toContain('ZeroDivisionError: division by zero');
  });

  test.each(['javascript', 'typescript'] as const)('%s runs', async (language) => {
    expect(await run({ language, source: 'console.log([1, 2, 3].map((n) => n * 2))' })).toMatchObject({
      outcome: 'succeeded',
      stdout: '[ 2, 4, 6 ]\n',
    });
  });

  test('is accepted at once without wait, and read later', async () => {
    const submitted = await client.submit(python('print("later")'));
    expect(submitted).toMatchObject({ ok: true, status: 202, body: { status: 'queued' } });
    if (!submitted.ok) return;
    expect(submitted.headers.get('location')).toBe(`/v1/executions/${submitted.body.id}`);

    const read = await client.get(submitted.body.id, { waitSeconds: 20 });

    expect(read).toMatchObject({ ok: true, status: 200, body: { status: 'completed', stdout: 'later\n' } });
  });

  test('a wait that is too short answers 202 and loses nothing', async () => {
    const first = await client.submit(python('import time\ntime.sleep(2)\nprint("done")'), {
      waitSeconds: 1,
    });
    expect(first).toMatchObject({ ok: true, status: 202 });
    if (!first.ok) return;
    expect(await client.get(first.body.id, { waitSeconds: 20 })).toMatchObject({
      body: { stdout: 'done\n' },
    });
  });

  test('belongs to its tenant', async () => {
    const { id } = await run(python('print(1)'));
    const stranger = fixture.clientOf(await fixture.createKey('stranger'));
    expect(await stranger.get(id)).toMatchObject({ ok: false, status: 404, problem: { code: 'not_found' } });
    expect(await stranger.list()).toMatchObject({ body: { items: [] } });
  });

  test('a program and an output that are large make the round trip', async () => {
    const noise = Array.from({ length: 3_000 }, (_, index) => (index * 2654435761) % 4294967296).join(' ');
    const execution = await run(python(`data = "${noise}"\nprint(data)`));
    expect(execution.stdout).toBe(`${noise}\n`);
  });
});

describe('a list', () => {
  test('has the newest first, in pages, filtered', async () => {
    const lister = fixture.clientOf(await fixture.createKey('lister'));
    const ids: string[] = [];
    for (const user of ['ada', 'bob', 'ada']) {
      const answer = await lister.submit(python('print(1)', { user }), { waitSeconds: 20 });
      if (answer.ok) ids.unshift(answer.body.id);
    }

    const first = await lister.list({ limit: 2 });
    if (!first.ok) throw new Error('no list');
    const second = await lister.list({ limit: 2, before: first.body.next ?? '' });
    const ofAda = await lister.list({ user: 'ada', status: 'completed', outcome: 'succeeded' });

    expect(first.body.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(second).toMatchObject({ body: { items: [{ id: ids[2] }], next: null } });
    expect(ofAda).toMatchObject({ body: { items: [{ user: 'ada' }, { user: 'ada' }] } });
    expect(first.body.items[0]).not.toHaveProperty('stdout');
  });
});

const runaways: [string, string, SubmitBody['limits'], Record<string, unknown>][] = [
  [
    'loops',
    'print("so far")\nwhile True: pass',
    { wallTimeMs: 700 },
    { outcome: 'time_limit_exceeded', stdout: 'so far\n' },
  ],
  [
    'burns CPU',
    'print("so far")\nwhile True: pass',
    { cpuTimeMs: 500 },
    { outcome: 'time_limit_exceeded', stdout: 'so far\n' },
  ],
  [
    'sleeps',
    'import time\nprint("so far")\ntime.sleep(60)',
    { wallTimeMs: 700 },
    { outcome: 'time_limit_exceeded', stdout: 'so far\n' },
  ],
  [
    'recurses',
    'def f(): f()\nf()',
    { wallTimeMs: 5_000 },
    { outcome: 'nonzero_exit', error: { type: 'RecursionError' } },
  ],
  [
    'floods its output',
    'while True: print("x" * 99)',
    { wallTimeMs: 5_000, outputBytes: 1_000 },
    {
      outcome: 'output_limit_exceeded',
      stdout: `${'x'.repeat(99)}\n`.repeat(10),
      truncated: { stdout: true, stderr: false },
    },
  ],
  [
    'eats memory',
    'x = []\nwhile True: x.append(bytearray(1_000_000))',
    { wallTimeMs: 10_000, memoryMiB: 128 },
    { outcome: 'memory_limit_exceeded' },
  ],
  [
    'fills the disk',
    'with open("f", "wb") as f:\n    while True: f.write(bytes(100_000))',
    { wallTimeMs: 10_000, diskMiB: 2 },
    { outcome: 'nonzero_exit', error: { type: 'OSError' } },
  ],
];

/** How late a busy machine may notice that a limit is reached: these programs would go on for ever. */
const busyMachineMs = 10_000;

describe('a program that runs away', () => {
  test.each(runaways)(
    '%s: it ends at its limit, and the next one is unharmed',
    async (_, source, limits, expected) => {
      const execution = await run(python(source, { limits }));
      expect(execution).toMatchObject(expected);
      for (const limit of ['wallTimeMs', 'cpuTimeMs'] as const) {
        const allowed = limits?.[limit] ?? defaultLimits[limit];
        expect(execution.usage?.[limit]).toBeLessThan(allowed + busyMachineMs);
      }
      expect(await run(python('import os\nprint(sorted(os.listdir(".")), 1 + 1)'))).toMatchObject({
        outcome: 'succeeded',
        stdout: "['main.py'] 2\n",
      });
    },
  );
});

describe('keys', () => {
  test('a revoked key stops within a minute, and scopes are held', async () => {
    const created = await fixture.admin.createKey({ tenant: 'acme', scopes: ['read'], label: 'reader' });
    if (!created.ok) throw new Error('no key');
    const reader = fixture.clientOf(created.body.key);
    expect(await reader.list()).toMatchObject({ status: 200 });
    expect(await reader.submit(python('print(1)'))).toMatchObject({
      status: 403,
      problem: { code: 'forbidden' },
    });
    expect(await reader.createKey({ tenant: 'x', scopes: ['admin'] })).toMatchObject({ status: 403 });

    expect(await fixture.admin.deleteKey(created.body.id)).toMatchObject({ status: 204 });

    const deadline = performance.now() + 60_000;
    let status = 200;
    while (status === 200 && performance.now() < deadline) {
      await delay(1_000);
      status = (await reader.list()).status;
    }
    expect(status).toBe(401);
  }, 70_000);

  test('the list of keys shows no secret', async () => {
    const keys = await fixture.admin.listKeys();
    expect(keys).toMatchObject({ ok: true });
    expect(JSON.stringify(keys)).not.toMatch(/secret|hash|cordon_/i);
  });
});

describe('a request with an Idempotency-Key', () => {
  test('runs once, however often and however many times at once it is sent', async () => {
    const request = python('print("once")', { secrets: { TOKEN: 'a value of no service' } });
    const options = { idempotencyKey: randomUUID(), waitSeconds: 25 };

    const racing = await Promise.all(Array.from({ length: 50 }, () => client.submit(request, options)));
    const later = await client.submit(request, options);

    const answers = [...racing, later];
    expect(new Set(answers.map((answer) => answer.ok && answer.body.id)).size).toBe(1);
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { stdout: 'once\n' } });
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(50);
    expect(later.headers.get('idempotency-replayed')).toBe('true');
  }, 60_000);

  test('with another body is a conflict', async () => {
    const idempotencyKey = randomUUID();
    await client.submit(python('print(1)'), { idempotencyKey });

    const answer = await client.submit(python('print(2)'), { idempotencyKey });

    expect(answer).toMatchObject({ ok: false, status: 409, problem: { code: 'conflict' } });
  });
});
