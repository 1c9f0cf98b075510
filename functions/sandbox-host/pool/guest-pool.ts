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
  /** Whether a job found it empty, and no guest has been put on it since. */
  isShort: boolean;
}

/** A guest on its way to a shelf. A job that finds the shelf empty may wait for one that has `begun` to start. */
interface Refill {
  readonly shelf: Shelf;
  hasBegun: boolean;
  /** The job that waits for it; null is told that it failed. */
  taker: ((guest: Guest | null) => void) | null;
}

/**
 * Keeps guests ready, so that a job doesn't wait for one to start.
 *
 *   take ──> idle guest? ──> it                                  warm
 *             └─ on its way, nobody waits for it? ──> it         warm, after a moment
 *             └─ else ──> start one for this job                 cold
 *
 *   refill, behind the jobs that wait for a start: one at a time, after a quiet moment;
 *           of a shelf that is short: at once, as many as may start
 */
export function createGuestPool(options: GuestPoolOptions): GuestPool {
  const { startGuest, warm, maxStarting, onRefillFailed, settleMs = 50 } = options;
  const shelves = new Map<Template, Shelf>();
  for (const [template, target] of Object.entries(warm) as [Template, number][])
    shelves.set(template, { template, target, idle: [], isShort: false });
  const starts = createStartQueue(maxStarting);
  const unfinished = new Set<Promise<unknown>>();
  const refills = new Set<Refill>();
  let timer: NodeJS.Timeout | null = null;
  let lastTakeMs = Number.NEGATIVE_INFINITY;
  let missingSinceMs: number | null = null;
  let failures = 0;
  let retryAtMs = 0;
  let isClosed = false;

  /** Work that {@link GuestPool.close} waits for. */
  function track<T>(work: Promise<T>): Promise<T> {
    unfinished.add(work);
    const forget = () => unfinished.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** What it has, or gets without a job that waits for it. */
  function supplyOf(shelf: Shelf): number {
    const coming = [...refills].filter((refill) => refill.shelf === shelf && refill.taker === null);
    return shelf.idle.length + coming.length;
  }

  function emptiest(): Shelf | null {
    const missing = [...shelves.values()].filter((shelf) => supplyOf(shelf) < shelf.target);
    return missing.sort((a, b) => supplyOf(a) / a.target - supplyOf(b) / b.target)[0] ?? null;
  }

  /** Starts what may start now; sets the timer for what has to wait for its time. */
  function scheduleRefills(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (let shelf = nextToRefill(); shelf !== null; shelf = nextToRefill()) {
      const waitMs = Math.max(retryAtMs, shelf.isShort ? 0 : calmAtMs()) - performance.now();
      if (waitMs > 0) scheduleRefillsIn(waitMs);
      else void track(refill(shelf));
    }
  }

  function scheduleRefillsIn(waitMs: number): void {
    timer = setTimeout(scheduleRefills, waitMs);
  }

  function nextToRefill(): Shelf | null {
    if (isClosed || timer !== null) return null;
    const shelf = emptiest();
    const most = shelf?.isShort && failures === 0 ? maxStarting : 1;
    return refills.size < most ? shelf : null;
  }

  function calmAtMs(): number {
    missingSinceMs ??= performance.now();
    return Math.min(lastTakeMs + settleMs, missingSinceMs + longestWaitMs);
  }

  async function refill(shelf: Shelf): Promise<void> {
    const current: Refill = { shelf, hasBegun: false, taker: null };
    refills.add(current);
    let guest: Guest | null = null;
    try {
      guest = await starts.runWhenFree(() => {
        if (isClosed) throw new PoolClosed('the host is closing');
        current.hasBegun = true;
        return startGuest(shelf.template, 'warm');
      }, shelf.isShort);
      failures = 0;
      missingSinceMs = null;
    } catch (error) {
      if (!isClosed) noteFailure(shelf, error);
    }
    refills.delete(current);
    await place(current, guest);
    scheduleRefills();
  }

  function noteFailure(shelf: Shelf, error: unknown): void {
    failures += 1;
    retryAtMs = performance.now() + Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
    onRefillFailed(shelf.template, error);
  }

  /** Hands a new guest to who waits for it, else to the shelf. Null: the refill failed, who waits starts their own. */
  async function place({ shelf, taker }: Refill, guest: Guest | null): Promise<void> {
    if (taker !== null) {
      taker(guest);
      return;
    }
    if (guest === null) return;
    if (isClosed) {
      await guest.kill();
      return;
    }
    shelf.idle.push(guest);
    shelf.isShort = false;
    void guest.ended.then(() => {
      const index = shelf.idle.indexOf(guest);
      if (index === -1) return;
      shelf.idle.splice(index, 1);
      noteFailure(shelf, new Error('a warm guest ended while it waited'));
      scheduleRefills();
    });
  }

  async function takeWarm(shelf: Shelf): Promise<Guest | null> {
    const guest = shelf.idle.shift();
    if (guest !== undefined) return guest;
    shelf.isShort = true;
    const coming = [...refills].find((each) => each.shelf === shelf && each.hasBegun && each.taker === null);
    if (coming === undefined) return null;
    return new Promise((resolve) => {
      coming.taker = resolve;
    });
  }

  async function take(template: Template): Promise<{ guest: Guest; start: Start }> {
    if (isClosed) throw new PoolClosed('the host is closing');
    lastTakeMs = performance.now();
    const shelf = shelves.get(template);
    const found = shelf === undefined ? null : takeWarm(shelf);
    scheduleRefills();
    const guest = await found;
    if (guest !== null) return { guest, start: 'warm' };
    return { guest: await starts.run(() => startGuest(template, 'cold')), start: 'cold' };
  }

  scheduleRefillsIn(0);
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
