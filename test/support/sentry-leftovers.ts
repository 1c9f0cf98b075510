import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { readProcessesOf } from '../../functions/sandbox-host/sentry/read-processes.ts';
import type { Sentry } from '../../functions/sandbox-host/sentry/sentry.ts';
import { LOWEST_SENTRY_UID } from '../../functions/sandbox-host/sentry/uid-pool.ts';

/** What sentries can leave on the host. */
export interface Leftovers {
  /** Live processes of these sentries. */
  readonly processes: number;
  /** Folders of this process's hosts. */
  readonly folders: string[];
  /** Open descriptors of this process: how many pipes and sockets, and every file by name. */
  readonly descriptors: Record<string, number>;
}

const ownFolders = `cordon-sentries-${process.pid}-`;

/** What of these sentries, and of hosts of this process, is there now. */
export function readLeftovers(sentries: readonly Pick<Sentry, 'uid'>[] = []): Leftovers {
  return {
    processes: sentries.reduce((sum, { uid }) => sum + countProcesses(uid), 0),
    folders: readdirSync(tmpdir()).filter((name) => name.startsWith(ownFolders)),
    descriptors: countDescriptors(),
  };
}

/** `runsc run` gives every sandbox of the machine the same uid: there, those count that name a folder of ours. */
function countProcesses(uid: number): number {
  const processes = readProcessesOf(uid);
  if (uid >= LOWEST_SENTRY_UID) return processes.length;
  return processes.filter(({ pid }) => commandOf(pid).includes(ownFolders)).length;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended since the listing
  }
}

/** Descriptors that are open now and were not before, once those that close in this turn of the loop have closed. */
export async function newDescriptors(before: Leftovers): Promise<Record<string, number>> {
  const deadline = performance.now() + 2000;
  for (;;) {
    const grown = Object.entries(countDescriptors()).filter(
      ([name, count]) => count > (before.descriptors[name] ?? 0),
    );
    if (grown.length === 0 || performance.now() > deadline) return Object.fromEntries(grown);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function countDescriptors(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`).replace(/:\[.*\]$/, '');
      counts[target] = (counts[target] ?? 0) + 1;
    } catch {
      // The descriptor that lists this folder is closed by now.
    }
  }
  return counts;
}
