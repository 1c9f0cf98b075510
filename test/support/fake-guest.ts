import type { Guest, GuestLimits, Template } from '../../functions/sandbox-host/guest/guest.ts';
import type { Start } from '../../functions/sandbox-host/pool/guest-pool.ts';
import type { SentryEnd } from '../../functions/sandbox-host/sentry/sentry.ts';

/** A guest in which nothing can run: for tests of who holds guests, not of what is in them. */
export interface FakeGuest extends Guest {
  readonly template: Template;
  readonly limited: GuestLimits[];
  isAlive(): boolean;
  end(end: SentryEnd): void;
}

export function createFakeGuest(template: Template): FakeGuest {
  const { promise: ended, resolve } = Promise.withResolvers<SentryEnd>();
  const limited: GuestLimits[] = [];
  let isAlive = true;
  const end = (how: SentryEnd) => {
    isAlive = false;
    resolve(how);
  };
  const never = () => Promise.reject(new Error('nothing runs in a fake guest'));
  return {
    template,
    limited,
    ended,
    end,
    isAlive: () => isAlive,
    kill: () => {
      end({ kind: 'killed' });
      return ended;
    },
    limit: (limits) => void limited.push(limits),
    usage: () => ({ cpuTimeMs: 0, memoryMiB: 1, peakMemoryMiB: 1 }),
    start: never,
    stat: never,
    list: never,
    makeDir: never,
    remove: never,
    move: never,
    readFile: never,
    writeFile: never,
  };
}

/** Starts of fake guests, each of which a test lets succeed or fail when it likes. */
export interface GuestStarts {
  startGuest(template: Template, start: Start): Promise<FakeGuest>;
  /** Starts under way, oldest first. */
  readonly pending: { template: Template; start: Start; succeed(): FakeGuest; fail(): void }[];
  /** Every guest that came up. */
  readonly guests: FakeGuest[];
}

export function createGuestStarts(): GuestStarts {
  const starts: GuestStarts = {
    pending: [],
    guests: [],
    startGuest: (template, start) =>
      new Promise((resolve, reject) => {
        const settle = () => starts.pending.splice(starts.pending.indexOf(pending), 1);
        const pending = {
          template,
          start,
          succeed() {
            settle();
            const guest = createFakeGuest(template);
            starts.guests.push(guest);
            resolve(guest);
            return guest;
          },
          fail() {
            settle();
            reject(new Error('no guest'));
          },
        };
        starts.pending.push(pending);
      }),
  };
  return starts;
}
