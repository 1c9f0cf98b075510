import { afterAll, describe } from '@jest/globals';
import { createGuestStarter } from '../../functions/sandbox-host/guest/guest-starter.ts';
import type { StartGuest } from '../../functions/sandbox-host/pool/guest-pool.ts';
import { createSentryHost, type SentryHost } from '../../functions/sandbox-host/sentry/sentry.ts';
import { isFull } from './full-run.ts';
import { describeInEachMode, describeOnGvisor } from './gvisor.ts';
import { startLocalGuest } from './local-guest.ts';

/** The same suite on every kind of guest that this machine can start; full runs also by stock `runsc run`. */
export function describeOnEachGuest(name: string, suite: (startGuest: StartGuest) => void): void {
  describe(`${name}, on local children`, () => suite(async () => startLocalGuest()));
  const describeOnModes = isFull ? describeInEachMode : describeOnGvisor;
  describeOnModes(`${name}, on gVisor${isFull ? ' by runsc %s' : ''}`, (gvisor) => {
    const sentries = createSentryHost(gvisor);
    afterAll(() => sentries.close());
    suite(startGuestsOn(sentries));
  });
}

/** Guests as the host's own `main.ts` starts them. */
export function startGuestsOn(sentries: SentryHost): StartGuest {
  return createGuestStarter(sentries, (_, error) => {
    throw error;
  });
}
