import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end());

/** Processes that were started from this checkout and belong to the service with this pid, or outlived it. */
function interpreterProcesses(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sandbox-wasm') &&
        readlinkSync(`/proc/${pid}/exe`) === process.execPath
      );
    } catch {
      return false;
    }
  });
}

test('kill -9 loses nothing: finished stays, queued runs, running is run again', async () => {
  const { keys } = fixture.service;
  const before = fixture.clientOf(keys.execute);
  const done = await before.submit({ language: 'python', source: 'print("done")' }, { waitSeconds: 20 });
  const sleeper = {
    language: 'python',
    source: 'import time\ntime.sleep(3)\nprint("slept")',
    limits: { wallTimeMs: 4_000 },
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
    if (last.status === 202) last = await after.get(submitted.body.id, { waitSeconds: 25 });
    expect(last).toMatchObject({ body: { status: 'completed', outcome: 'succeeded', stdout: 'slept\n' } });
  }
}, 120_000);

test('SIGTERM ends every process of the service', async () => {
  const mine = new Set(interpreterProcesses());
  await fixture
    .clientOf(fixture.service.keys.execute)
    .submit({ language: 'python', source: 'while True: pass' });

  await fixture.service.stop();

  expect(interpreterProcesses().filter((pid) => !mine.has(pid))).toEqual([]);
  await fixture.restart();
}, 60_000);
