import type { Guest, Template } from '../guest/guest.ts';
import { createStartQueue } from './start-queue.ts';

export type Start = 'warm' | 'cold';

export interface GuestPool {
  /** A guest that nobody has used. Throws what starting it throws, or {@link PoolClosed}. */
  take(template: Template): Promise<{ guest: Guest; start: Start }>;
  /** Guests that wait, and guests that should. */
  stock(): { template: Template; warm: number; target: number }[];
  /** Ends every guest that was not taken; resolves when nothing of them is left. */
  close(): Promise<void>;
}

export class PoolClosed extends Error {
  override readonly name = 'PoolClosed';
}

/** Starts a guest: a warm one for later, with all loaded that can be, or a cold one for a job that waits. */
export type StartGuest = (template: Template, start: Start) => Promise<Guest>;

export interface GuestPoolOptions {
  startGuest: StartGuest;
  /** How many guests to keep ready per template; absent or 0: every start is cold. */
  warm: Partial<Record<Template, number>>;
  /** Guests that start at the same time. */
  maxStarting: number;
  onRefillFailed: (template: Template, error: unknown) => void;
  /** Quiet time after a take before the next refill starts. */
  settleMs?: number;
}

/** A refill that was put off this long is not put off any more: steady traffic gets warm guests too. */
const longestWaitMs = 250;
const firstRetryMs = 250;
const longestRetryMs = 30_000;

interface Shelf {
  readonly template: Template;
  readonly target: number;
  readonly idle: Guest[];
  /** Whoever found the shelf empty while it was being refilled. */
  readonly waiting: ((guest: Guest | null) => void)[];
}

/**
 * Keeps guests ready, so that a job doesn't wait for one to start.
 *
 *   take ──> idle guest? ──> it                                  warm
 *             └─ being refilled, nobody waits for it? ──> it     warm, after a moment
 *             └─ else ──> start one for this job                 cold
 *
 *   refill: one at a time, after the jobs that wait for a start, and after a quiet moment
 */
export function createGuestPool(options: GuestPoolOptions): GuestPool {
  const { startGuest, warm, maxStarting, onRefillFailed, settleMs = 50 } = options;
  const shelves = new Map<Template, Shelf>();
  for (const [template, target] of Object.entries(warm) as [Template, number][])
    shelves.set(template, { template, target, idle: [], waiting: [] });
  const starts = createStartQueue(maxStarting);
  const unfinished = new Set<Promise<unknown>>();
  /** What is being refilled. A job that finds its shelf empty may wait for a guest that has `begun` to start. */
  let refilling: { shelf: Shelf; hasBegun: boolean } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let lastTakeMs = Number.NEGATIVE_INFINITY;
  let missingSinceMs: number | null = null;
  let failures = 0;
  let isClosed = false;

  /** Work that {@link GuestPool.close} waits for. */
  function track<T>(work: Promise<T>): Promise<T> {
    unfinished.add(work);
    const forget = () => unfinished.delete(work);
    work.then(forget, forget);
    return work;
  }

  function emptiest(): Shelf | null {
    const missing = [...shelves.values()].filter(({ idle, target }) => idle.length < target);
    return missing.sort((a, b) => a.idle.length / a.target - b.idle.length / b.target)[0] ?? null;
  }

  function scheduleRefill(): void {
    if (isClosed || refilling !== null || timer !== null || emptiest() === null) return;
    const now = performance.now();
    missingSinceMs ??= now;
    const calmMs = Math.min(lastTakeMs + settleMs, missingSinceMs + longestWaitMs) - now;
    const retryMs = failures === 0 ? 0 : Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
    const waitMs = Math.max(0, calmMs, retryMs);
    timer = setTimeout(() => {
      timer = null;
      const now = performance.now();
      const isCalm = now >= lastTakeMs + settleMs || now >= (missingSinceMs ?? now) + longestWaitMs;
      if (isCalm) void track(refill());
      else scheduleRefill();
    }, waitMs);
  }

  async function refill(): Promise<void> {
    const shelf = emptiest();
    if (isClosed || refilling !== null || shelf === null) return;
    const current = { shelf, hasBegun: false };
    refilling = current;
    let guest: Guest | null = null;
    try {
      guest = await starts.runWhenFree(() => {
        if (isClosed) throw new PoolClosed('the host is closing');
        current.hasBegun = true;
        return startGuest(shelf.template, 'warm');
      });
      failures = 0;
      missingSinceMs = null;
    } catch (error) {
      failures += 1;
      if (!isClosed) onRefillFailed(shelf.template, error);
    }
    refilling = null;
    await place(shelf, guest);
    scheduleRefill();
  }

  /** Hands a new guest to who waits for it, else to the shelf. Null: the refill failed, who waits starts their own. */
  async function place(shelf: Shelf, guest: Guest | null): Promise<void> {
    const waiter = shelf.waiting.shift();
    if (waiter !== undefined) {
      waiter(guest);
      return;
    }
    if (guest === null) return;
    if (isClosed) {
      await guest.kill();
      return;
    }
    shelf.idle.push(guest);
    void guest.ended.then(() => {
      const index = shelf.idle.indexOf(guest);
      if (index === -1) return;
      shelf.idle.splice(index, 1);
      failures += 1;
      onRefillFailed(shelf.template, new Error('a warm guest ended while it waited'));
      scheduleRefill();
    });
  }

  async function takeWarm(shelf: Shelf): Promise<Guest | null> {
    const guest = shelf.idle.shift();
    if (guest !== undefined) return guest;
    const isComing = refilling?.shelf === shelf && refilling.hasBegun;
    if (!isComing || shelf.waiting.length > 0) return null;
    return new Promise((resolve) => shelf.waiting.push(resolve));
  }

  async function take(template: Template): Promise<{ guest: Guest; start: Start }> {
    if (isClosed) throw new PoolClosed('the host is closing');
    lastTakeMs = performance.now();
    const shelf = shelves.get(template);
    const guest = shelf === undefined ? null : await takeWarm(shelf);
    scheduleRefill();
    if (guest !== null) return { guest, start: 'warm' };
    return { guest: await starts.run(() => startGuest(template, 'cold')), start: 'cold' };
  }

  scheduleRefill();
  return {
    take: (template) => track(take(template)),
    stock: () =>
      [...shelves.values()].map(({ template, idle, target }) => ({ template, warm: idle.length, target })),
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      const idle = [...shelves.values()].flatMap((shelf) => shelf.idle.splice(0));
      await Promise.all(idle.map((guest) => guest.kill()));
      await Promise.allSettled(unfinished);
    },
  };
}
