import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalKeys, readLocalKeys } from '../../../local/local-keys.ts';
import { type CordonClient, createCordonClient } from '../../../scripts/cordon-client.ts';
import type { Records } from '../../../scripts/records/find-breaches.ts';
import { readServiceRecords } from '../../../scripts/records/read-service-records.ts';
import { type Execution, isTerminal } from '../../../shared/domain/execution.ts';
import { waitsForLeases } from '../some-faults.ts';
import { reconcileService } from './reconcile-service.ts';

/** A service of its own that dies where it is told to, and comes back with what it had stored. */
export interface FaultyCloud {
  client(): CordonClient;
  /** What the callbacks of the client's tenant are signed with. */
  callbackSecret(): Promise<string>;
  /** Prepares the kill point of this number, in place of none. */
  arm(point: number): Promise<void>;
  /** Waits until it is dead and answers which of its processes are still there a moment later. */
  death(): Promise<number[]>;
  kill(): Promise<void>;
  /** `fileKiB` is the most that any of its files may have. */
  start(options?: { fileKiB?: number }): Promise<void>;
  /**
   * Waits until everything is over and no callback is owed, for up to so long, and answers the records then. What nothing drives any more is given
   * to the reconciler, as if an hour had gone by.
   */
  rest(withinMs: number): Promise<Records>;
  end(): Promise<void>;
}

const script = join(import.meta.dirname, 'faulty-cloud-process.ts');
const goneWithinMs = 5_000;

export async function createFaultyCloud(): Promise<FaultyCloud> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-faults-'));
  const data = join(directory, 'data');
  let child: ChildProcess;
  let exited: Promise<unknown>;
  let service: { url: string; dynamodb: string; sqs: string };
  let keys: LocalKeys;
  const records = () => readServiceRecords(service.dynamodb);
  let startedAt = '';
  /** Nothing is at work: what is left was never sent, or its attempt or its callback died with an earlier process. */
  const isLeftOver = (left: readonly Execution[]) =>
    left.every(({ status, attempts, startedAt: at, finishedAt }) => {
      if (isTerminal(status)) return (finishedAt ?? '') < startedAt;
      return status === 'running' ? !waitsForLeases && (at ?? '') < startedAt : attempts === 0;
    });

  return {
    client: () => createCordonClient({ baseUrl: service.url, key: keys.execute }),
    async callbackSecret() {
      const admin = createCordonClient({ baseUrl: service.url, key: keys.admin });
      const answer = await admin.getCallbackSecretOf('local');
      if (!answer.ok) throw new Error(answer.problem.detail);
      return answer.body.secret;
    },
    async arm(point) {
      const armed = once(child, 'message');
      child.send(point);
      await armed;
    },
    async death() {
      await exited;
      const pids = JSON.parse(await readFile(join(data, 'processes.json'), 'utf8')) as number[];
      return stillThere(pids);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async start({ fileKiB } = {}) {
      const limit = fileKiB === undefined ? '' : `ulimit -f ${fileKiB}; `;
      startedAt = new Date().toISOString();
      child = spawn('bash', ['-c', `${limit}exec "$0" "$1"`, process.execPath, script], {
        env: { ...process.env, CORDON_DATA: data, MALLOC_ARENA_MAX: '2' },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      exited = once(child, 'exit');
      const [ready] = await Promise.race([once(child, 'message'), exited.then(() => [null])]);
      if (ready === null) throw new Error('the service did not start');
      service = ready;
      const found = await readLocalKeys(data);
      if (found === null) throw new Error('the service left no keys');
      keys = found;
    },

    async rest(withinMs) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const seen = await records();
        const left = seen.executions.filter(isUnfinished);
        if (left.length === 0 || Date.now() > deadline) return seen;
        await new Promise((resolve) => setTimeout(resolve, 250));
        const still = await records();
        if (isLeftOver(left) && isLeftOver(still.executions.filter(isUnfinished)))
          await reconcileService(service);
      }
    },
    async end() {
      child.kill('SIGTERM');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const isUnfinished = ({ status, callback }: Execution): boolean =>
  !isTerminal(status) || callback?.status === 'waiting';

async function stillThere(pids: readonly number[]): Promise<number[]> {
  const deadline = Date.now() + goneWithinMs;
  let alive = [...pids];
  while (alive.length > 0 && Date.now() < deadline) {
    alive = alive.filter(isAlive);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return alive;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
