import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Capacity, createCapacity } from '../../../../functions/sandbox-host/pool/capacity.ts';
import { createGuestPool } from '../../../../functions/sandbox-host/pool/guest-pool.ts';
import {
  createSandboxes,
  type NewSandbox,
  NoRoom,
  type Sandboxes,
} from '../../../../functions/sandbox-host/sandboxes/sandboxes.ts';
import { defaultLimits } from '../../../../shared/domain/limits.ts';
import { createGuestStarts, type FakeGuest, type GuestStarts } from '../../../support/fake-guest.ts';

const request: NewSandbox = {
  template: 'python',
  timeoutSeconds: 60,
  metadata: {},
  env: {},
  limits: { ...defaultLimits, memoryMiB: 104 },
};
/** Of the request, with what the guest itself needs. */
const sandboxMiB = 264;

let starts: GuestStarts;
let capacity: Capacity;
let sandboxes: Sandboxes;

beforeEach(() => {
  jest.useFakeTimers();
  starts = createGuestStarts();
  capacity = createCapacity({ budgetMiB: 2 * sandboxMiB, maxSandboxes: 10 });
  const pool = createGuestPool({
    startGuest: starts.startGuest,
    warm: {},
    maxStarting: 10,
    onRefillFailed: () => {},
  });
  sandboxes = createSandboxes({ pool, capacity });
});
afterEach(() => {
  jest.useRealTimers();
});

const settle = () => jest.advanceTimersByTimeAsync(0);

async function create(change: Partial<NewSandbox> = {}) {
  const created = sandboxes.create({ ...request, ...change });
  await settle();
  starts.pending[0]?.succeed();
  const sandbox = await created;
  return { sandbox, guest: sandbox.guest as FakeGuest };
}

test('gives every sandbox an id and a token of its own that nobody can guess', async () => {
  const [{ sandbox: a }, { sandbox: b }] = [await create(), await create()];

  expect(a.id).toMatch(/^[a-z0-9]{20}$/);
  expect(a.accessToken).toMatch(/^[\w-]{32}$/);
  expect(new Set([a.id, b.id, a.accessToken, b.accessToken]).size).toBe(4);
  expect(sandboxes.find(a.id)).toBe(a);
  expect(sandboxes.list()).toEqual([a, b]);
});

test('enforces the limits of the job with what the guest itself needs on top', async () => {
  const { guest } = await create();

  expect(guest.limited).toEqual([{ memoryMiB: sandboxMiB, cpuTimeMs: defaultLimits.cpuTimeMs + 2_000 }]);
});

test('refuses a sandbox when the host is full, and says when it never fits', async () => {
  await create();
  await create();

  await expect(sandboxes.create(request)).rejects.toMatchObject({ name: 'NoRoom', kind: 'full' });
  await expect(
    sandboxes.create({ ...request, limits: { ...defaultLimits, memoryMiB: 400 } }),
  ).rejects.toMatchObject({
    kind: 'never',
  });
  expect(sandboxes.counts().refused).toBe(2);
});

test('waits for the room of a sandbox that is ending, one job for each', async () => {
  const { sandbox, guest } = await create();
  await create();
  const ended = Promise.withResolvers<void>();
  guest.kill = async () => {
    await ended.promise;
    guest.end({ kind: 'killed' });
    return guest.ended;
  };
  sandboxes.kill(sandbox, 'requested');

  const next = sandboxes.create(request);
  await settle();

  await expect(sandboxes.create(request)).rejects.toThrow(NoRoom);
  expect(starts.pending).toHaveLength(0);
  ended.resolve();
  await settle();
  starts.pending[0]?.succeed();
  expect(sandboxes.find((await next).id)).not.toBeNull();
});

test('gives the room back when a guest does not start', async () => {
  const created = sandboxes.create(request);
  await settle();
  starts.pending[0]?.fail();

  await expect(created).rejects.toThrow('no guest');
  expect(capacity.state()).toMatchObject({ sandboxes: 0, reservedMiB: 0 });
  expect(sandboxes.counts()).toMatchObject({ starting: 0, running: 0 });
});

test('ends a sandbox when its time is up, counted from the last time it was set', async () => {
  const { sandbox, guest } = await create({ timeoutSeconds: 10 });
  await jest.advanceTimersByTimeAsync(9_000);
  sandboxes.setTimeout(sandbox, 5);

  await jest.advanceTimersByTimeAsync(4_999);
  expect(guest.isAlive()).toBe(true);
  await jest.advanceTimersByTimeAsync(1);

  expect(guest.isAlive()).toBe(false);
  expect(sandboxes.find(sandbox.id)).toBeNull();
  expect(sandboxes.counts().ended).toEqual({ timeout: 1 });
});

test('knows every sandbox only once it is killed no more', async () => {
  const { sandbox } = await create();

  sandboxes.kill(sandbox, 'requested');
  sandboxes.kill(sandbox, 'closing');

  expect(sandboxes.find(sandbox.id)).toBeNull();
  await settle();
  expect(sandboxes.counts().ended).toEqual({ requested: 1 });
  expect(capacity.state().sandboxes).toBe(0);
});

test('names why each sandbox ended', async () => {
  const ends = [
    { kind: 'limited', limit: 'memoryMiB' },
    { kind: 'limited', limit: 'cpuTimeMs' },
    { kind: 'exited' },
    { kind: 'lost', reason: 'crashed' },
  ] as const;

  for (const end of ends) {
    const { sandbox, guest } = await create();
    guest.end(end);
    await settle();
    expect(sandboxes.find(sandbox.id)).toBeNull();
  }

  expect(sandboxes.counts().ended).toEqual({ memoryMiB: 1, cpuTimeMs: 1, exited: 1, lost: 1 });
});

test('takes nothing new while it drains, and ends what runs when it closes', async () => {
  const { guest } = await create();
  const starting = sandboxes.create(request);
  await settle();

  sandboxes.drain();
  starts.pending[0]?.succeed();

  await expect(starting).rejects.toMatchObject({ kind: 'draining' });
  await expect(sandboxes.create(request)).rejects.toMatchObject({ kind: 'draining' });
  expect(guest.isAlive()).toBe(true);
  await sandboxes.close();
  expect(starts.guests.map((one) => one.isAlive())).toEqual([false, false]);
  expect(sandboxes.counts()).toMatchObject({ starting: 0, running: 0, ending: 0, ended: { closing: 2 } });
});
