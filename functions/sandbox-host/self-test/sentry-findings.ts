import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { actAs } from '../sentry/act-as.ts';

/** What the kernel says of one sentry; the fields of /proc/PID/status keep their names there. */
export interface SentryFindings {
  readonly uids: string[];
  readonly capabilities: string[];
  readonly noNewPrivs: string[];
  /** One value for each thread of each process: 2 is a filter, 0 is none. */
  readonly seccomp: string[];
  /** Every file below what the sentry sees as `/`; at most 100. */
  readonly root: string[];
  /** Files and devices of the host that it holds open. */
  readonly openFiles: string[];
  readonly namespaces: Record<string, 'own' | 'shared'>;
  readonly oomScoreAdj: string;
}

const capabilitySets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
const namespaces = ['mnt', 'net', 'pid', 'ipc', 'uts', 'user'];
const MOST_FILES = 100;

/** Reads what the sentry `pid` and the processes it runs guest code in may do. */
export function readSentryState(
  pid: number,
  inspectAs: number,
  processes: readonly number[],
): SentryFindings {
  const statuses = processes.map((each) => readStatus(`/proc/${each}/status`));
  const threads = processes.flatMap((each) =>
    readdirSync(`/proc/${each}/task`).map((thread) => readStatus(`/proc/${each}/task/${thread}/status`)),
  );
  return {
    uids: distinct(statuses.map((status) => status.Uid ?? '')),
    capabilities: distinct(statuses.flatMap((status) => capabilitySets.map((set) => status[set] ?? ''))),
    noNewPrivs: distinct(statuses.map((status) => status.NoNewPrivs ?? '')),
    seccomp: distinct(threads.map((status) => status.Seccomp ?? '')),
    root: actAs(inspectAs, () => listBelow(`/proc/${pid}/root/`)),
    openFiles: actAs(inspectAs, () => distinct(openFilesOf(pid))),
    namespaces: Object.fromEntries(
      namespaces.map((name) => [
        name,
        actAs(inspectAs, () => namespaceOf(pid, name)) === namespaceOf('self', name)
          ? ('shared' as const)
          : ('own' as const),
      ]),
    ),
    oomScoreAdj: readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim(),
  };
}

function readStatus(path: string): Record<string, string> {
  const lines = readFileSync(path, 'utf8').split('\n');
  return Object.fromEntries(lines.map((line) => line.split(':\t') as [string, string]));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function listBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      if (found.length >= MOST_FILES) return;
      if (entry.isDirectory()) walk(join(below, entry.name));
      else found.push(join('/', below, entry.name));
    }
  };
  walk('');
  return found.sort();
}

/** Pipes, sockets, event and memory descriptors are not files of the host. */
function openFilesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map((name) => readlinkSync(`/proc/${pid}/fd/${name}`))
    .filter((target) => target.startsWith('/') && !target.startsWith('/memfd:'));
}

function namespaceOf(pid: number | 'self', namespace: string): string {
  return readlinkSync(`/proc/${pid}/ns/${namespace}`);
}
