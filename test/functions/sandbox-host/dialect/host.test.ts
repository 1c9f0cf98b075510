import { afterEach, expect, test } from '@jest/globals';
import { type DialectFixture, eventually, startDialect } from '../../../support/dialect-fixture.ts';
import { createFakeGuest, createGuestStarts } from '../../../support/fake-guest.ts';

let dialect: DialectFixture;

afterEach(() => dialect.close());

const startGuest = async (template: Parameters<typeof createFakeGuest>[0]) => createFakeGuest(template);

function call(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${dialect.url}${path}`, {
    method,
    headers: { 'x-api-key': dialect.apiKey },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const create = () => call('POST', '/v2/sandboxes', { templateID: 'base' });

test('of many clients at once exactly as many get a sandbox as there is room, and the others hear when to come back', async () => {
  dialect = await startDialect({ startGuest, maxSandboxes: 5, warm: { python: 2 } });

  const answers = await Promise.all(Array.from({ length: 40 }, create));

  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  expect(refused).toHaveLength(35);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toEqual({
    code: 429,
    message: 'the host has no room for another sandbox',
  });
});

test('room that a killed sandbox gives back serves the next client', async () => {
  dialect = await startDialect({ startGuest, maxSandboxes: 1 });

  for (let round = 0; round < 20; round += 1) {
    const { sandboxID } = (await (await create()).json()) as { sandboxID: string };
    expect((await create()).status).toBe(429);
    expect((await call('DELETE', `/sandboxes/${sandboxID}`)).status).toBe(204);
  }
});

test('memory is promised only once, however many clients ask', async () => {
  dialect = await startDialect({ startGuest, memoryMiB: 2 * 672, maxSandboxes: 100 });

  const answers = await Promise.all(Array.from({ length: 10 }, create));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
});

test('a guest that does not start is an answer, and an error in the log', async () => {
  dialect = await startDialect({ startGuest: () => Promise.reject(new Error('no sentry')) });

  const answer = await create();

  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toEqual({ code: 503, message: 'the sandbox could not be started' });
  expect(dialect.errors).toEqual(['a request failed', new Error('no sentry')]);
  expect((await call('GET', '/metrics')).status).toBe(200);
});

test('metrics say what the host holds and what became of it', async () => {
  dialect = await startDialect({ startGuest, warm: { python: 1 }, maxSandboxes: 2 });
  const value = async (name: string) => {
    const text = await (await call('GET', '/metrics')).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );
  };
  await eventually(
    async () => (await value('cordon_host_warm_guests{template="python"}')) === 1,
    'a warm guest',
  );

  const { sandboxID } = (await (await create()).json()) as { sandboxID: string };
  await create();
  await create();
  await call('DELETE', `/sandboxes/${sandboxID}`);

  expect(await value('cordon_host_sandboxes{state="running"}')).toBe(1);
  expect(await value('cordon_host_creates_total{start="warm"}')).toBe(1);
  expect(await value('cordon_host_creates_total{start="cold"}')).toBe(1);
  expect(await value('cordon_host_refusals_total')).toBe(1);
  expect(await value('cordon_host_ends_total{reason="requested"}')).toBe(1);
  expect(await value('cordon_host_memory_reserved_mib')).toBe(672);
});

test('a host that drains is unhealthy, takes nothing new, and ends when its sandboxes did', async () => {
  const starts = createGuestStarts();
  dialect = await startDialect({ startGuest: starts.startGuest });
  const created = create();
  await eventually(() => starts.pending.length === 1, 'the start');
  const guest = starts.pending[0]?.succeed();
  await created;
  expect((await fetch(`${dialect.url}/health`)).status).toBe(204);

  const drained = dialect.drain(60_000);

  expect((await fetch(`${dialect.url}/health`)).status).toBe(503);
  expect((await create()).status).toBe(503);
  expect(guest?.isAlive()).toBe(true);
  guest?.end({ kind: 'exited' });
  await drained;
  await expect(fetch(`${dialect.url}/health`)).rejects.toThrow('fetch failed');
});

test('a host that drained long enough ends what still runs', async () => {
  const starts = createGuestStarts();
  dialect = await startDialect({ startGuest: starts.startGuest });
  const created = create();
  await eventually(() => starts.pending.length === 1, 'the start');
  const guest = starts.pending[0]?.succeed();
  await created;

  await dialect.drain(20);

  expect(guest?.isAlive()).toBe(false);
  expect(dialect.sandboxes.counts()).toMatchObject({ running: 0, ending: 0, ended: { closing: 1 } });
});
