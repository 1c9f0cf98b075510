import { release } from 'node:os';
import type { SentryConfig, SentryUsage } from '../sentry/sentry.ts';
import { neededAtBoot } from '../sentry/sentry-root.ts';
import { type GuestFindings, metadataAddresses } from './guest-findings.ts';
import type { SentryFindings } from './sentry-findings.ts';

/** `runsc run` gives its guest a loopback device; in boot mode nobody makes one. */
const interfaces: Record<SentryConfig['mode'], readonly string[]> = { boot: [], run: ['lo'] };

/** What must hold inside; each check is named by the sentence that is true when it holds. */
export function guestChecks(guest: GuestFindings, mode: SentryConfig['mode']): Record<string, boolean> {
  const root = guest.mounts.find(({ at }) => at === '/');
  return {
    'the guest runs on a kernel of its own': guest.kernel.gvisor && guest.kernel.release !== release(),
    'the guest has a read-only root of its own':
      root?.type === 'erofs' && root.readOnly && !guest.seesHostFile,
    'the guest has no block device': guest.blockDevices.length === 0,
    'the guest is alone in its process table': guest.pid === 1,
    'a user of the guest is no root':
      guest.user.uid === 1000 && isZero(guest.user.capabilities) && guest.user.did.length === 0,
    'the guest has no network': guest.interfaces.every((name) => interfaces[mode].includes(name)),
    'the guest reaches no metadata': metadataAddresses.every((address) =>
      ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'].includes(guest.connections[address] ?? ''),
    ),
  };
}

/** What must hold of the sentry on the host. */
export function sentryChecks(
  sentry: SentryFindings,
  { mode, rootfsPath }: SentryConfig,
): Record<string, boolean> {
  const uid = Number(sentry.uids[0]?.split('\t')[0]);
  const common = {
    'the sentry has one uid, not root':
      sentry.uids.length === 1 && new Set(sentry.uids[0]?.split('\t')).size === 1 && uid > 0,
    'the sentry has no capability': sentry.capabilities.every(isZero),
    'the sentry can gain no privilege': sentry.noNewPrivs.join() === '1',
    'the kernel ends the sentry first when memory is short': sentry.oomScoreAdj === '1000',
    'every thread of the sentry has a system call filter': sentry.seccomp.join() === '2',
    'the sentry holds no file of the host but the image': sentry.openFiles.every((file) =>
      ['/dev/null', rootfsPath].includes(file),
    ),
  };
  switch (mode) {
    case 'boot':
      return {
        ...common,
        'the sentry has a uid of its own': uid >= 100_000,
        'the sentry sees a root with nothing in it': sentry.root.every((file) => neededAtBoot.includes(file)),
      };
    case 'run':
      return {
        ...common,
        'the sentry has namespaces of its own': ['mnt', 'net', 'ipc', 'user'].every(
          (name) => sentry.namespaces[name] === 'own',
        ),
      };
    default:
      return mode satisfies never;
  }
}

/** The supervisor must not be blind. */
export function usageChecks(usage: SentryUsage): Record<string, boolean> {
  return { 'memory and CPU time of the guest can be measured': usage.memoryMiB > 0 && usage.cpuTimeMs > 0 };
}

function isZero(capabilities: string): boolean {
  return /^0+$/.test(capabilities);
}
