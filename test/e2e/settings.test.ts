import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import { defaultOperatorSettings, type OperatorSettings } from '../../shared/domain/operator-settings.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

/** What the API promises. */
const inForceMs = 10_000;

let fixture: ServiceFixture;
let client: CordonClient;

beforeAll(async () => {
  fixture = await startServiceFixture();
  client = fixture.clientOf(await fixture.createKey('acme'));
}, 60_000);

afterEach(() => put(defaultOperatorSettings));
afterAll(() => fixture.end(), 60_000);

async function put(fields: Partial<OperatorSettings>): Promise<void> {
  const answer = await fixture.admin.putSettings(fields);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
}

/** Asks again until the answer is the wanted one, for as long as the API promises. */
async function within<Result>(ms: number, ask: () => Promise<Result>, isWanted: (result: Result) => boolean) {
  const giveUpAt = performance.now() + ms;
  for (;;) {
    const result = await ask();
    if (isWanted(result)) return result;
    if (performance.now() > giveUpAt) throw new Error(`still ${JSON.stringify(result)}`);
  }
}

test('settings are read, changed in part and counted', async () => {
  const before = await fixture.admin.getSettings();
  const changed = await fixture.admin.putSettings({ weights: { wasm: 1 } });
  const after = await fixture.admin.getSettings();

  expect(before).toMatchObject({ ok: true, status: 200, body: defaultOperatorSettings });
  expect(changed).toMatchObject({ ok: true, status: 200, body: { mode: 'normal', weights: { wasm: 1 } } });
  if (!before.ok || !changed.ok || !after.ok) return;
  expect(changed.body.version).toBe(before.body.version + 1);
  expect(after.body).toEqual(changed.body);
});

test('maintenance turns away with the message within ten seconds, reads go on, and what is queued waits', async () => {
  await put({ mode: 'maintenance', message: 'back at noon' });
  const queued: string[] = [];

  const refused = await within(
    inForceMs,
    async () => {
      const answer = await client.submit({ language: 'python', source: 'print("waited")' });
      if (answer.ok) queued.push(answer.body.id);
      return answer;
    },
    ({ ok }) => !ok,
  );

  expect(refused).toMatchObject({
    status: 503,
    problem: { code: 'maintenance', detail: 'back at noon' },
  });
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect((await client.list()).status).toBe(200);

  await put({ mode: 'normal' });
  for (const id of queued) {
    const ended = await within(
      60_000,
      () => client.get(id, { waitSeconds: 20 }),
      (answer) => answer.ok && answer.body.status === 'completed',
    );
    expect(ended).toMatchObject({ body: { outcome: 'succeeded', stdout: 'waited\n' } });
  }
  await within(
    inForceMs,
    () => client.submit({ language: 'python', source: 'print(1)' }),
    ({ ok }) => ok,
  );
}, 120_000);

test.each([
  ['an unknown mode', { mode: 'party' }],
  ['an unknown backend', { disabledBackends: ['docker'] }],
  ['a backend twice', { disabledBackends: ['wasm', 'wasm'] }],
  ['a negative weight', { weights: { e2b: -1 } }],
  ['a weight beyond all measure', { weights: { e2b: 1e308 } }],
  ['a weight that is no number', { weights: { e2b: 'all' } }],
  ['a weight of an unknown backend', { weights: { docker: 1 } }],
  ['a message as long as a book', { message: 'x'.repeat(1_001) }],
  ['an unknown field', { moods: [] }],
])('%s is refused and changes nothing', async (_, fields) => {
  const before = await fixture.admin.getSettings();

  const answer = await fixture.admin.putSettings(fields as Partial<OperatorSettings>);

  expect(answer).toMatchObject({ ok: false, status: 400, problem: { code: 'invalid_request' } });
  expect(await fixture.admin.getSettings()).toMatchObject({ body: before.ok ? before.body : {} });
});

test('a key without the scope admin reads and changes nothing', async () => {
  expect(await client.getSettings()).toMatchObject({ status: 403, problem: { code: 'forbidden' } });
  expect(await client.putSettings({ mode: 'maintenance' })).toMatchObject({ status: 403 });
});
