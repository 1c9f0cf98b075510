import type { SentryOptions } from './sentry.ts';

/** What the agent (guest root) needs to act for the two users; these rights exist inside the sentry only. */
const agentCapabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SYS_ADMIN',
  'CAP_SYS_RESOURCE',
];

/** For the agent and the runner: jobs on their way in. */
const RUN_MIB = 64;

/**
 * The OCI runtime spec of one guest: the read-only image as root, tmpfs where it may write, no network, no device of
 * the host.
 */
export function ociSpec(options: SentryOptions, rootfs: string) {
  const writable = (destination: string, mode: string, sizeMiB: number) => ({
    destination,
    type: 'tmpfs',
    source: 'tmpfs',
    options: [`size=${sizeMiB}m`, `mode=${mode}`, 'nosuid', 'nodev'],
  });
  const rlimit = (type: string, value: number) => ({ type, soft: value, hard: value });
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: 0, gid: 0 },
      args: options.argv,
      env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'HOME=/root', 'LANG=C.UTF-8', 'PYTHONDONTWRITEBYTECODE=1'],
      cwd: '/',
      noNewPrivileges: true,
      // The first to go when the host runs out of memory; in boot mode the launcher has set it.
      oomScoreAdj: 1000,
      capabilities: {
        bounding: agentCapabilities,
        effective: agentCapabilities,
        permitted: agentCapabilities,
      },
      rlimits: [
        rlimit('RLIMIT_NPROC', options.processes),
        rlimit('RLIMIT_NOFILE', 1024),
        rlimit('RLIMIT_CORE', 0),
      ],
    },
    root: { path: '/', readonly: true },
    hostname: 'sandbox',
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      writable('/run', '0755', RUN_MIB),
      writable('/home/user', '0755', options.diskMiB),
      writable('/tmp', '1777', options.diskMiB),
      writable('/dev/shm', '1777', options.diskMiB),
    ],
    linux: { namespaces: ['pid', 'ipc', 'uts', 'mount', 'network'].map((type) => ({ type })) },
    annotations: {
      'dev.gvisor.spec.rootfs.source': rootfs,
      'dev.gvisor.spec.rootfs.type': 'erofs',
    },
  };
}
