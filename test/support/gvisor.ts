import { readFileSync } from 'node:fs';
import { describe } from '@jest/globals';
import { type SentryConfig, sentryConfigOf } from '../../functions/sandbox-host/sentry/sentry.ts';
import { readGvisorSetup } from '../../local/gvisor-setup.ts';

/** What `npm run setup:gvisor` put on this machine, or null. */
export function findGvisor(): SentryConfig | null {
  const setup = readGvisorSetup();
  return setup && sentryConfigOf(setup, 'boot');
}

type Suite = (gvisor: SentryConfig) => void;

/** A suite on real gVisor; where it is not set up, the suite is skipped and says what to run. */
export function describeOnGvisor(name: string, suite: Suite): void {
  const gvisor = findGvisor();
  if (gvisor !== null) describe(name, () => suite(gvisor));
  else
    describe.skip(`${name} (skipped: no gVisor here, run "npm run setup:gvisor" as root)`, () =>
      suite(absent));
}

/** The same suite for each way to start a sentry; `%s` in the name is the mode. */
export function describeInEachMode(name: string, suite: Suite): void {
  describeOnGvisor(name.replace('%s', 'boot'), (gvisor) => suite({ ...gvisor, mode: 'boot' }));
  const run: Suite = (gvisor) => suite({ ...gvisor, mode: 'run' });
  if (mayMakeNamespaces()) describeOnGvisor(name.replace('%s', 'run'), run);
  else describe.skip(`${name.replace('%s', 'run')} (skipped: it needs CAP_SYS_ADMIN)`, () => run(absent));
}

const CAP_SYS_ADMIN = 21n;

function mayMakeNamespaces(): boolean {
  const [, effective = '0'] = /^CapEff:\t(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return ((BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) & 1n) === 1n;
}

const absent: SentryConfig = {
  runscPath: '',
  launcherPath: '',
  callerPath: '',
  rootfsPath: '',
  mode: 'boot',
};
