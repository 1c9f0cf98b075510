import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PREFIX = 'cordon-sentries-';

/** What a sentry reads of the host while it starts; plain copies, so that its root needs no mount. */
export const neededAtBoot: readonly string[] = [
  '/proc/sys/vm/mmap_min_addr',
  '/proc/sys/kernel/cap_last_cap',
  '/proc/cpuinfo',
  '/proc/self/auxv',
  '/sys/kernel/mm/transparent_hugepage/shmem_enabled',
  '/sys/kernel/mm/transparent_hugepage/hpage_pmd_size',
];

/** The folders of one host: what its sentries see as `/`, and where the host meets them (sockets; host only). */
export interface SentryRoot {
  readonly chroot: string;
  readonly meeting: string;
  remove(): void;
}

/** Makes the near-empty root that all sentries of this host share, owned by the host, writable by no sentry. */
export function createSentryRoot(): SentryRoot {
  removeRootsOfDeadHosts();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const chroot = join(folder, 'root');
  const meeting = join(folder, 'meeting');
  mkdirSync(chroot, { mode: 0o755 });
  mkdirSync(meeting, { mode: 0o700 });
  for (const file of neededAtBoot) copyInto(chroot, file);
  return { chroot, meeting, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function copyInto(chroot: string, file: string): void {
  const copy = join(chroot, file);
  try {
    const content = readFileSync(file);
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    writeFileSync(copy, content, { mode: 0o444 });
  } catch (error) {
    // A kernel built without huge pages has no such file, and no sentry needs it there.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** A host that was killed outright could not remove its folders; its sentries died with it. */
function removeRootsOfDeadHosts(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^cordon-sentries-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
