import { describe } from '@jest/globals';
import type { Guest, Template } from '../../functions/sandbox-host/guest/guest.ts';
import { startLocalGuest } from './local-guest.ts';

export type StartGuest = (template: Template) => Promise<Guest>;

/** The same suite on every kind of guest that this machine can start. */
export function describeOnEachGuest(name: string, suite: (startGuest: StartGuest) => void): void {
  describe(`${name}, on local children`, () => suite(async () => startLocalGuest()));
}
