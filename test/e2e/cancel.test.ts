import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { descendants } from '../../local/process-tree.ts';
import type { CordonClient } from '../../scripts/cordon-client.ts';
import type { BackendName } from '../../shared/domain/execution.ts';
import { findGvisor } from '../support/gvisor.ts';
import { type ServiceFixture, startServiceFixture } from '../support/service-fixture.ts';

const burner = 'print("burning", flush=True)\nwhile True: pass';
const limits = { wallTimeMs: 60_000, cpuTimeMs: 60_000 };

/** Of 200 in two seconds: an endless loop gets more on the busiest machine. */
const burningTicks = 10;

/** CPU time of a process, in the kernel's ticks; 0 when it is gone. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** Whether processes of the service compute. Waiting ones, a warm sandbox say, take next to nothing. */
async function isBurning(service: number): Promise<boolean> {
  const before = descendants(service).map(({ pid }) => ({ pid, ticks: ticksOf(pid) }));
  await delay(2_000);
  const grown = before.map(({ pid, ticks }) => Math.max(0, ticksOf(pid) - ticks));
  return grown.reduce((sum, ticks) => sum + ticks, 0) >= burningTicks;
}

async function untilBurningIs(expected: boolean, service: number): Promise<void> {
  for (let tries = 0; tries < 15; tries += 1) if ((await isBurning(service)) === expected) return;
  throw new Error(expected ? 'it never burnt' : 'something of it burns on');
}

async function untilRunning(client: CordonClient, id: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const read = await client.get(id);
    if (read.ok && read.body.status === 'running') return;
    await delay(100);
  }
  throw new Error('it never ran');
}

const onGvisor = findGvisor() === null ? [] : (['gvisor'] as const);
const lanes: BackendName[] = ['wasm', ...onGvisor];
if (onGvisor.length === 0) console.warn('cancel on gvisor skipped: run "npm run setup:gvisor" as root');

describe.each(lanes)('on the %s lane', (lane) => {
  let fixture: ServiceFixture;
  let client: CordonClient;
  beforeAll(async () => {
    fixture = await startServiceFixture(lane);
    client = fixture.clientOf(await fixture.createKey('acme'));
  }, 120_000);
  afterAll(() => fixture.end(), 60_000);

  test('a running program is ended, charged for what it used, and leaves no process', async () => {
    const submitted = await client.submit({ language: 'python', source: burner, backend: lane, limits });
    if (!submitted.ok) throw new Error(submitted.problem.detail);
    const { id } = submitted.body;
    await untilRunning(client, id);
    await untilBurningIs(true, fixture.service.pid);

    const answer = await client.cancel(id);

    expect(answer).toMatchObject({ ok: true, status: 202, body: { id, status: 'running' } });
    const ended = await client.get(id, { waitSeconds: 20 });
    expect(ended).toMatchObject({ body: { status: 'cancelled', outcome: null, failure: null } });
    if (!ended.ok) return;
    expect(ended.body.usage?.wallTimeMs).toBeLessThan(30_000);
    expect(ended.body.costUsd).toBeGreaterThan(0);
    await untilBurningIs(false, fixture.service.pid);
    expect(await client.getQuota()).toMatchObject({ body: { executionsUsed: 1, concurrentUsed: 0 } });
    expect(await client.cancel(id)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  }, 120_000);

  test('what waits is cancelled at once, in maintenance too; what is over is a conflict', async () => {
    const done = await submit('print("done")', 25);
    const sleepers = await Promise.all(
      Array.from({ length: 24 }, () => submit('import time\ntime.sleep(8)')),
    );
    await fixture.admin.putSettings({ mode: 'maintenance' });
    const before = await client.getQuota();

    const waiting = sleepers.at(-1) ?? '';
    const answer = await client.cancel(waiting);

    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelled', usage: null, costUsd: null } });
    if (!before.ok) throw new Error(before.problem.detail);
    const { executionsUsed } = before.body;
    expect(await client.getQuota()).toMatchObject({ body: { executionsUsed: executionsUsed - 1 } });
    expect(await client.cancel(done)).toMatchObject({ status: 409, problem: { code: 'conflict' } });

    await Promise.all(sleepers.map((id) => client.cancel(id)));
    await Promise.all(sleepers.map((id) => client.get(id, { waitSeconds: 20 })));
    await fixture.admin.putSettings({ mode: 'normal' });
    expect(await client.getQuota()).toMatchObject({ body: { concurrentUsed: 0 } });
  }, 120_000);

  async function submit(source: string, waitSeconds = 0): Promise<string> {
    const answer = await client.submit({ language: 'python', source, backend: lane }, { waitSeconds });
    if (!answer.ok) throw new Error(answer.problem.detail);
    return answer.body.id;
  }
});

test('a key without the scope, another tenant, and an id that nobody has', async () => {
  const fixture = await startServiceFixture('wasm');
  try {
    const owner = fixture.clientOf(await fixture.createKey('acme'));
    const other = fixture.clientOf(await fixture.createKey('rival'));
    const reader = fixture.clientOf(await fixture.createKey('acme', ['read']));
    const submitted = await owner.submit({ language: 'python', source: 'import time\ntime.sleep(3)' });
    if (!submitted.ok) throw new Error('not submitted');

    expect(await other.cancel(submitted.body.id)).toMatchObject({ status: 404 });
    expect(await reader.cancel(submitted.body.id)).toMatchObject({ status: 403 });
    expect(await owner.cancel('exe_00000000000000000000000000')).toMatchObject({ status: 404 });
    expect(await owner.cancel('exe_0')).toMatchObject({ status: 404 });
    const done = await owner.get(submitted.body.id, { waitSeconds: 20 });
    expect(done).toMatchObject({ body: { status: 'completed' } });
  } finally {
    await fixture.end();
  }
}, 120_000);
