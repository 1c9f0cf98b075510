import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Sentry, SentryEnd, SentryHost } from '../../functions/sandbox-host/sentry/sentry.ts';

const root = join(import.meta.dirname, '../..');

/** The guest's places, on mounts that nothing else sees; its files where a guest's image has them. */
const enterGuest = `
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/image/cordon_runner && mkdir -m 700 /run/cordon
cp ${root}/functions/sandbox-host/guest/image/*.py ${root}/shared/sandboxes/runner/run_program.py /run/image/
cp ${root}/shared/sandboxes/runner/cordon_runner/* /run/image/cordon_runner/
mount -t tmpfs -o mode=755 tmpfs /home && mkdir /home/user && chown 1000:1000 /home/user
mount -t tmpfs -o mode=1777 tmpfs /tmp
exec "$@"`;

/**
 * A user namespace where every user is who he is outside: only it makes the kernel count each guest's processes by
 * themselves, so that a fork bomb in another suite takes none of this one's.
 */
const enterUsers = `
ours=$(readlink /proc/self/ns/user)
(
  while [ "$(readlink /proc/$$/ns/user)" = "$ours" ]; do sleep 0.002; done
  for map in gid_map uid_map; do echo 0 0 65536 > /proc/$$/$map; done
) < /dev/null > /dev/null &
exec unshare --user bash --norc -c 'until read -r _ < /proc/self/uid_map; do sleep 0.002; done; exec "$@"' bash "$@"`;

/**
 * Starts what would be pid 1 of a guest as pid 1 of namespaces of this kernel: no boundary at all, but the same world
 * to the Python in it.
 */
export function spawnLikeGuest(argv: readonly string[]) {
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
  const guest = ['unshare', ...namespaces, 'bash', '--norc', '-c', enterGuest, 'bash', ...argv];
  return spawn('bash', ['--norc', '-c', enterUsers, 'bash', ...guest], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/root', PYTHONDONTWRITEBYTECODE: '1' },
    cwd: '/',
  });
}

/** Why there can't be any here; null when there can. */
export function whyNoNamespaces(): string | null {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', '--mount', '--pid', '--fork', 'true'], {
      stdio: 'ignore',
    });
    return null;
  } catch {
    return 'it needs the right to make namespaces';
  }
}

/** Sentries without a sentry: what a guest says and does, on any machine. */
export function createPlainSentries(): SentryHost {
  const present = new Set<Sentry>();
  return {
    canSave: false,
    async start({ argv }) {
      const child = spawnLikeGuest(argv.map((word) => word.replace('/usr/lib/cordon/', '/run/image/')));
      const ended = new Promise<SentryEnd>((resolve) => {
        child.once('close', (code, signal) =>
          resolve(signal === 'SIGKILL' ? { kind: 'killed' } : { kind: 'lost', reason: `${signal ?? code}` }),
        );
      });
      child.stdin.on('error', () => {});
      const sentry: Sentry = {
        ...{
          pid: child.pid ?? 0,
          uid: 0,
          stdin: child.stdin,
          stdout: child.stdout,
          stderr: child.stderr,
          ended,
        },
        usage: () => ({ cpuTimeMs: 0, memoryMiB: 0, peakMemoryMiB: 0 }),
        limit: () => {},
        pause: () => {},
        resume: () => {},
        save: () => Promise.reject(new Error('there is no sentry to save')),
        kill: () => {
          child.kill('SIGKILL');
          return ended;
        },
      };
      present.add(sentry);
      void ended.then(() => present.delete(sentry));
      return sentry;
    },
    async close() {
      await Promise.all([...present].map((sentry) => sentry.kill()));
    },
  };
}
