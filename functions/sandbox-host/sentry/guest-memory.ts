import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { actAs } from './act-as.ts';

const MIB = 1024 * 1024;
const BLOCK_BYTES = 512;
const PAGE_BYTES = 4096;

/** What one guest holds of the host's memory. */
export interface GuestMemory {
  /** Pages of the guest: of its processes and of its files in tmpfs. One system call. */
  guestMiB(): number;
  /** The sentry's own heap, which a guest can grow by making many small things (files, sockets, timers). */
  sentryMiB(): number;
  close(): void;
}

/**
 * Opens the memory file that a sentry keeps its guest's pages in. No cgroup counts a single sandbox on Fargate, and the
 * resident size of the sentry misses what only the guest has mapped; the blocks of this file are exact. Throws when
 * the sentry has no such file: then its memory can't be limited. One that has ended already holds nothing.
 */
export function openGuestMemory(sentryPid: number, inspectAs: number): GuestMemory {
  const descriptor = actAs(inspectAs, () => openMemoryFile(sentryPid));
  if (descriptor === null) return { guestMiB: () => 0, sentryMiB: () => 0, close: () => {} };
  return {
    guestMiB: () => (fstatSync(descriptor).blocks * BLOCK_BYTES) / MIB,
    sentryMiB: () => readPrivateMiB(sentryPid),
    close: () => closeSync(descriptor),
  };
}

function openMemoryFile(pid: number): number | null {
  const folder = `/proc/${pid}/fd`;
  try {
    for (const name of readdirSync(folder)) {
      if (linkOf(`${folder}/${name}`).startsWith('/memfd:runsc-memory'))
        return openSync(`${folder}/${name}`, 'r');
    }
    throw new Error('the sentry has no memory file');
  } catch (error) {
    if (hasEnded(pid)) return null;
    throw error;
  }
}

/** Whether its address space is gone, which goes before its descriptors do. */
function hasEnded(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/statm`, 'utf8').startsWith('0 ');
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // the sentry closed it meanwhile
  }
}

function readPrivateMiB(pid: number): number {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
    return (((resident ?? 0) - (shared ?? 0)) * PAGE_BYTES) / MIB;
  } catch {
    return 0; // it is gone
  }
}
