import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { descendants } from '../../local/process-tree.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end(), 60_000);

test('kill -9 loses nothing: finished stays, queued runs, running is run again', async () => {
  const { keys } = fixture.service;
  const before = fixture.clientOf(keys.execute);
  const done = await before.submit({ language: 'python', source: 'print("done")' }, { waitSeconds: 20 });
  const sleeper = {
    language: 'python',
    source: 'import time\ntime.sleep(2)\nprint("slept")',
    limits: { wallTimeMs: 7_000 },
  } as const;
  const pending = await Promise.all(Array.from({ length: 6 }, () => before.submit(sleeper)));

  await fixture.service.stop('SIGKILL');
  await fixture.restart();

  const after = fixture.clientOf(keys.execute);
  expect(fixture.service.keys).toEqual(keys);
  if (!done.ok) throw new Error('not submitted');
  expect(await after.get(done.body.id)).toMatchObject({ body: { status: 'completed', stdout: 'done\n' } });
  for (const submitted of pending) {
    if (!submitted.ok) throw new Error('not submitted');
    let last = await after.get(submitted.body.id, { waitSeconds: 25 });
    // What was running waits for its lease to run out and for the proof that its executor is lost.
    for (let waits = 0; waits < 4 && last.status === 202; waits += 1)
      last = await after.get(submitted.body.id, { waitSeconds: 25 });
    expect(last).toMatchObject({ body: { status: 'completed', outcome: 'succeeded', stdout: 'slept\n' } });
  }
}, 240_000);

test('SIGTERM ends every process of the service', async () => {
  const client = fixture.clientOf(fixture.service.keys.execute);
  await client.submit({ language: 'python', source: 'print(1)' }, { waitSeconds: 20 });
  await client.submit({ language: 'python', source: 'while True: pass' });
  const processes = descendants(fixture.service.pid).map(({ pid }) => pid);
  expect(processes.length).toBeGreaterThan(1);

  await fixture.service.stop();

  const alive = descendants(1).map(({ pid }) => pid);
  expect(processes.filter((pid) => alive.includes(pid))).toEqual([]);
  await fixture.restart();
}, 60_000);
