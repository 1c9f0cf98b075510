import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandboxInventory } from '../../../shared/sandboxes/e2b/sandbox-inventory.ts';
import {
  type SandboxInventory,
  type SweepResult,
  sweepOrphans,
} from '../../../shared/sandboxes/e2b/sweep-orphans.ts';
import {
  type FaultServer,
  problem,
  type Reaction,
  startFaultServer,
} from '../../support/e2b-fault-server.ts';

const now = new Date('2026-11-01T12:00:00Z');
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);

let server: FaultServer;
let inventory: SandboxInventory;
beforeEach(async () => {
  server = await startFaultServer();
  inventory = createSandboxInventory({ apiKey: 'key', apiUrl: server.url }, 'mine');
});
afterEach(() => server.close());

interface Listed {
  id: string;
  age?: number;
  execution?: string;
  deployment?: string;
}

/** A page of E2B's list, with every listed sandbox alive. */
function page(listed: Listed[], next?: string): Reaction {
  const items = listed.map(({ id, age = 30, execution, deployment = 'mine' }) => {
    server.alive.add(id);
    return {
      sandboxID: id,
      templateID: 't',
      clientID: 'c',
      state: 'running',
      startedAt: secondsAgo(age).toISOString(),
      endAt: now.toISOString(),
      envdVersion: '0.5.7',
      metadata: {
        'cordon.deployment': deployment,
        ...(execution !== undefined && { 'cordon.execution': execution }),
      },
    };
  });
  return {
    kind: 'answer',
    status: 200,
    body: JSON.stringify(items),
    headers: { 'content-type': 'application/json', ...(next !== undefined && { 'x-next-token': next }) },
  };
}

async function sweep(isOver: (id: string) => boolean = () => false): Promise<SweepResult> {
  const result = await sweepOrphans({
    inventory,
    isOver: async (id) => isOver(id),
    longestRunMs: 90_000,
    clock: () => now,
  });
  return { ...result, killed: result.killed.toSorted() };
}

describe('the sweep', () => {
  it('ends the sandboxes of executions that are over, and no other', async () => {
    server.script = {
      list: page([
        { id: 'over', execution: 'exe_over' },
        { id: 'running', execution: 'exe_running' },
        { id: 'nobody' },
      ]),
    };

    const result = await sweep((id) => id === 'exe_over');

    expect(result).toEqual({ seen: 3, killed: ['nobody', 'over'], failed: [] });
    expect([...server.alive]).toEqual(['running']);
  });

  it('ends a sandbox that is older than the longest run, whatever its execution does', async () => {
    server.script = { list: page([{ id: 'old', age: 91, execution: 'exe_running' }]) };

    expect((await sweep()).killed).toEqual(['old']);
  });

  it('leaves a young sandbox to whoever made it', async () => {
    server.script = {
      list: page([
        { id: 'young', age: 3, execution: 'exe_over' },
        { id: 'newborn', age: -2 },
      ]),
    };

    expect((await sweep(() => true)).killed).toEqual([]);
  });

  it('asks for the sandboxes of its deployment, and ends no other even when it is listed', async () => {
    server.script = { list: page([{ id: 'foreign', age: 500, deployment: 'another' }]) };

    expect(await sweep(() => true)).toEqual({ seen: 0, killed: [], failed: [] });
    const query = new URL(server.seen[0]?.url ?? '', server.url).searchParams;
    expect(decodeURIComponent(query.get('metadata') ?? '')).toBe('cordon.deployment=mine');
  });

  it('follows all pages', async () => {
    server.script = {
      list: [
        page([{ id: 'a', age: 99 }], 'two'),
        page([{ id: 'b', age: 99 }], 'three'),
        page([{ id: 'c', age: 99 }]),
      ],
    };

    expect((await sweep()).killed).toEqual(['a', 'b', 'c']);
    expect(
      server.seen.map(({ url }) => new URL(url, server.url).searchParams.get('nextToken')).slice(0, 3),
    ).toEqual([null, 'two', 'three']);
  });

  it('ends the others when one can not be ended', async () => {
    server.script = {
      list: page([
        { id: 'stuck', age: 99 },
        { id: 'fine', age: 99 },
      ]),
      kill: [problem(500), { kind: 'answer', status: 204, body: '' }],
    };

    const { killed, failed } = await sweep();

    expect([...killed, ...failed.map(({ sandboxId }) => sandboxId)].sort()).toEqual(['fine', 'stuck']);
    expect(failed).toHaveLength(1);
  });

  it('does not count what was gone already', async () => {
    server.script = { list: page([{ id: 'gone', age: 99 }]), kill: problem(404) };

    expect(await sweep()).toEqual({ seen: 1, killed: [], failed: [] });
  });

  it('ends nothing when the execution can not be read', async () => {
    server.script = { list: page([{ id: 'a', execution: 'exe_a' }]) };

    const result = await sweep(() => {
      throw new Error('throttled');
    });

    expect(result.failed).toHaveLength(1);
    expect([...server.alive]).toEqual(['a']);
  });

  it('fails when the list can not be read', async () => {
    server.script = { list: problem(500) };

    await expect(sweep()).rejects.toThrow('500');
  });
});
