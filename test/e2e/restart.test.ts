import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

let fixture: ServiceFixture;

beforeAll(async () => {
  fixture = await startServiceFixture();
}, 60_000);

afterAll(() => fixture.end(), 60_000);

/** The pids of all that descends from a process. */
function descendantsOf(rootPid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const tree = [rootPid];
  for (const parent of tree) {
    tree.push(...pids.map(Number).filter((pid) => parentOf(pid) === parent && !tree.includes(pid)));
  }
  return tree.slice(1);
}

/** Null for a process that has ended. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : Number(parent);
  } catch {
    return null;
  }
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
  const client = fixture.clientOf(fixture.service.keys.execute);
  await client.submit({ language: 'python', source: 'print(1)' }, { waitSeconds: 20 });
  await client.submit({ language: 'python', source: 'while True: pass' });
  const processes = descendantsOf(fixture.service.pid);
  expect(processes.length).toBeGreaterThan(1);

  await fixture.service.stop();

  expect(processes.filter((pid) => parentOf(pid) !== null)).toEqual([]);
  await fixture.restart();
}, 60_000);
