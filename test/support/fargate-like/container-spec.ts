import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `docker`: Docker's default list and SYS_PTRACE, all that Fargate can add. `reduced`: what our task definition keeps. */
export type CapabilityList = 'docker' | 'reduced';

const reduced = ['CHOWN', 'KILL', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT', 'SYS_PTRACE'];
const capabilityLists: Record<CapabilityList, readonly string[]> = {
  reduced,
  docker: [
    ...reduced,
    'AUDIT_WRITE',
    'DAC_OVERRIDE',
    'FOWNER',
    'FSETID',
    'MKNOD',
    'NET_BIND_SERVICE',
    'NET_RAW',
    'SETFCAP',
  ],
};

/** Docker's defaults, of which Fargate can change none. */
const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
];
const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

export interface Container {
  readonly command: readonly string[];
  readonly uid: number;
  readonly capabilities: CapabilityList;
  readonly env: Readonly<Record<string, string>>;
  /** Folder that serves as the container's root; the machine's /usr and /etc and the project are bound into it. */
  readonly root: string;
  readonly project: string;
}

/** The OCI spec of a container with what Fargate gives: no privilege, no cgroup of its own to write, no device. */
export function fargateLikeSpec(container: Container) {
  const bounding = capabilityLists[container.capabilities].map((name) => `CAP_${name}`);
  const granted = container.uid === 0 ? bounding : [];
  const readOnly = (path: string) => ({
    destination: path,
    type: 'bind',
    source: path,
    options: ['rbind', 'ro', 'nosuid'],
  });
  const fresh = (destination: string, type: string, ...options: string[]) => ({
    destination,
    type,
    source: type,
    options: ['nosuid', ...options],
  });
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: container.uid, gid: container.uid },
      // A shell as pid 1 collects the orphans, as Fargate's init process does.
      args: ['/bin/sh', '-c', '"$@"; exit $?', 'init', ...container.command],
      env: Object.entries({ PATH: '/usr/sbin:/usr/bin', HOME: '/tmp', ...container.env }).map(
        ([name, value]) => `${name}=${value}`,
      ),
      cwd: container.project,
      capabilities: { bounding, effective: granted, permitted: granted, inheritable: [], ambient: [] },
      noNewPrivileges: true,
    },
    root: { path: container.root, readonly: false },
    hostname: 'fargate-like',
    mounts: [
      fresh('/proc', 'proc', 'noexec', 'nodev'),
      fresh('/dev', 'tmpfs', 'mode=755', 'size=65536k'),
      fresh('/dev/pts', 'devpts', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
      fresh('/dev/shm', 'tmpfs', 'noexec', 'nodev', 'mode=1777', 'size=65536k'),
      fresh('/sys', 'sysfs', 'noexec', 'nodev', 'ro'),
      fresh('/tmp', 'tmpfs', 'nodev', 'mode=1777'),
      readOnly('/usr'),
      readOnly('/etc'),
      readOnly(container.project),
    ],
    linux: {
      namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      resources: { devices: [{ allow: false, access: 'rwm' }] },
      seccomp: JSON.parse(readFileSync(join(import.meta.dirname, 'seccomp.json'), 'utf8')),
      maskedPaths,
      readonlyPaths,
    },
  };
}
