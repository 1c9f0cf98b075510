import { afterAll, describe } from '@jest/globals';
import type { Guest, Template } from '../../functions/sandbox-host/guest/guest.ts';
import { startGuest } from '../../functions/sandbox-host/guest/start-guest.ts';
import { createSentryHost } from '../../functions/sandbox-host/sentry/sentry.ts';
import { describeOnGvisor } from './gvisor.ts';
import { startLocalGuest } from './local-guest.ts';

export type StartGuest = (template: Template) => Promise<Guest>;

/** The same suite on every kind of guest that this machine can start. */
export function describeOnEachGuest(name: string, suite: (startGuest: StartGuest) => void): void {
  describe(`${name}, on local children`, () => suite(async () => startLocalGuest()));
  describeOnGvisor(`${name}, on gVisor`, (gvisor) => {
    const sentries = createSentryHost(gvisor);
    afterAll(() => sentries.close());
    suite((template) => startGuest(sentries, template));
  });
}
