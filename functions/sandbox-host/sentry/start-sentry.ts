import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { callSentry } from './control-socket.ts';
import { ociSpec } from './oci-spec.ts';
import type { Sentry, SentryConfig, SentryEnd, SentryOptions } from './sentry.ts';
import type { SentryRoot } from './sentry-root.ts';
import { releaseUid, takeUid } from './uid-pool.ts';

export async function startSentry(
  config: SentryConfig,
  root: SentryRoot,
  options: SentryOptions,
): Promise<Sentry> {
  const uid = takeUid();
  const id = `cordon-${randomUUID()}`;
  const socketPath = join(root.meeting, `${uid}`);
  const image = openSync(config.rootfsPath, 'r');
  const spec = openUnnamed(
    join(root.meeting, `${uid}.json`),
    JSON.stringify(ociSpec(options, config.rootfsPath)),
  );
  const child = spawn(
    config.launcherPath,
    [`${uid}`, root.chroot, socketPath, config.runscPath, '--', ...bootArguments(id, options)],
    { stdio: ['ignore', 'ignore', 'inherit', image, spec, 'pipe', 'pipe', 'pipe', 'pipe'], env: {} },
  );
  closeSync(image);
  closeSync(spec);
  const ended = endOf(child).then((end) => {
    releaseUid(uid);
    return end;
  });
  const [, , , , , ...ours] = child.stdio;
  const [booted, stdin, stdout, stderr] = ours as unknown as [Readable, Writable, Readable, Readable];
  await new Promise((resolve, reject) => {
    booted.once('data', resolve);
    child.once('exit', () => reject(new Error('the sentry did not boot')));
  });
  await callSentry(socketPath, 'containerManager.StartRoot', id);
  rmSync(socketPath);
  return {
    pid: child.pid as number,
    uid,
    stdin,
    stdout,
    stderr,
    ended,
    usage: () => ({ cpuTimeMs: 0, memoryMiB: 0, peakMemoryMiB: 0 }),
    limit: () => {},
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<SentryEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(
        code === 0
          ? { kind: 'exited' }
          : child.killed
            ? { kind: 'killed' }
            : { kind: 'lost', reason: `${code ?? signal}` },
      ),
    );
  });
}

function openUnnamed(path: string, content: string): number {
  writeFileSync(path, content, { mode: 0o600 });
  const descriptor = openSync(path, 'r');
  rmSync(path);
  return descriptor;
}

function bootArguments(id: string, options: SentryOptions): string[] {
  return [
    'runsc-sandbox',
    '--root=/',
    '--network=none',
    '--platform=systrap',
    '--ignore-cgroups',
    '--directfs=false',
    '--host-uds=none',
    'boot',
    '--bundle=/',
    '--io-fds=3',
    '--spec-fd=4',
    '--start-sync-fd=5',
    '--stdio-fds=6',
    '--stdio-fds=7',
    '--stdio-fds=8',
    '--controller-fd=9',
    '--gofer-mount-confs=erofs:none',
    `--cpu-num=${availableParallelism()}`,
    `--total-memory=${options.memoryMiB * 1024 * 1024}`,
    '--setup-root=false',
    '--apply-caps=false',
    '--attached',
    '--product-name=x',
    id,
  ];
}
