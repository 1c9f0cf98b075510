import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import type { Guest } from '../../functions/sandbox-host/guest/guest.ts';
import { type GuestOptions, startGuest } from '../../functions/sandbox-host/guest/start-guest.ts';
import { createSentryHost, type SentryHost } from '../../functions/sandbox-host/sentry/sentry.ts';
import { describeOnGvisor } from './gvisor.ts';
import { createPlainSentries, whyNoNamespaces } from './plain-sentries.ts';

export interface GuestSubject {
  readonly isGvisor: boolean;
  /** A guest that is gone after the test. */
  start(options?: Partial<GuestOptions>): Promise<Guest>;
}

const usual: GuestOptions = {
  template: 'python',
  isAhead: false,
  memoryMiB: 608,
  diskMiB: 64,
  processes: 80,
};

/** The same suite on real guests, and on their Python alone where namespaces can be made. */
export function describeOnGuests(name: string, suite: (subject: GuestSubject) => void): void {
  describeOnGvisor(`${name} on gVisor`, (gvisor) => {
    suite(subjectOn(() => createSentryHost(gvisor), true));
  });
  const plain = () => suite(subjectOn(createPlainSentries, false));
  const reason = whyNoNamespaces();
  if (reason === null) describe(`${name} without gVisor`, plain);
  else describe.skip(`${name} without gVisor (skipped: ${reason})`, plain);
}

function subjectOn(createHost: () => SentryHost, isGvisor: boolean): GuestSubject {
  let host: SentryHost | null = null;
  const guests: Guest[] = [];
  beforeAll(() => {
    host = createHost();
  });
  afterEach(async () => {
    await Promise.all(guests.splice(0).map((guest) => guest.kill()));
  });
  afterAll(() => host?.close());
  return {
    isGvisor,
    async start(options) {
      if (host === null) throw new Error('a guest is started by a test');
      const guest = await startGuest(host, { ...usual, ...options });
      guests.push(guest);
      return guest;
    },
  };
}
