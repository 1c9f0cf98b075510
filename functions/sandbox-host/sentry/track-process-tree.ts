import { type HostProcess, readProcesses } from './read-processes.ts';

/**
 * Lists the live descendants of a process and itself, at each call. Who was seen once stays a member, also when its
 * parent dies first and it becomes an orphan.
 */
export function trackProcessTree(root: number): () => HostProcess[] {
  const members = new Map<number, number>();

  return () => {
    const all = readProcesses();
    for (let grown = -1; grown !== members.size; ) {
      grown = members.size;
      for (const { pid, parentPid, startedAt } of all) {
        if (pid === root || members.has(parentPid)) members.set(pid, startedAt);
      }
    }
    return all.filter(({ pid, startedAt }) => members.get(pid) === startedAt);
  };
}
