import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { bootArguments } from './boot-arguments.ts';
import { callSentry } from './control-socket.ts';
import { keepLastWords, type LaunchedSentry, startError } from './launched-sentry.ts';
import { ociSpec } from './oci-spec.ts';
import { readProcessesOf } from './read-processes.ts';
import { recentProcessesOf } from './recent-processes.ts';
import type { SentryConfig, SentryOptions } from './sentry.ts';
import type { SentryRoot } from './sentry-root.ts';
import { restoreSnapshot, saveSnapshot } from './snapshot.ts';
import { releaseUid, takeUid } from './uid-pool.ts';
import { waitUntilGone } from './wait-until-gone.ts';

/** A machine under full load takes some seconds; a sentry that hangs must not hold its uid for ever. */
const BOOT_TIMEOUT_MS = 20_000;

/** Starts a sentry by runsc's `boot` through the launcher: under its own uid, without any privilege or namespace. */
export async function bootSentry(
  config: SentryConfig,
  root: SentryRoot,
  options: SentryOptions,
): Promise<LaunchedSentry> {
  const uid = takeUid();
  const id = `cordon-${randomUUID()}`;
  const socketPath = join(root.meeting, `${uid}`);
  const listProcesses = () => readProcessesOf(uid);
  const release = () => {
    rmSync(socketPath, { force: true });
    releaseUid(uid);
  };

  const child = spawnLauncher(config, root, { uid, id, socketPath, options });
  const [, , words, , , booted, stdin, stdout, stderr] = child.stdio as unknown as Pipes;
  const lastWords = keepLastWords(words);
  try {
    await Promise.race([
      startGuest(booted, () =>
        options.snapshot === undefined
          ? callSentry(socketPath, 'containerManager.StartRoot', id)
          : restoreSnapshot(config.callerPath, socketPath, options.snapshot),
      ),
      endBeforeBoot(child),
      rejectAfter(BOOT_TIMEOUT_MS),
    ]);
    if (child.pid === undefined || listProcesses().length === 0) throw new Error('its processes are hidden');
    return {
      child,
      pid: child.pid,
      uid,
      inspectAs: uid,
      stdin,
      stdout,
      stderr,
      lastWords,
      listProcesses,
      watchProcesses: () => recentProcessesOf(uid),
      save: () => saveSnapshot(config.callerPath, socketPath, root.meeting, id),
      release,
    };
  } catch (cause) {
    child.kill('SIGKILL');
    for (const stream of [booted, stdin, stdout, stderr]) stream.destroy();
    if (await waitUntilGone(listProcesses)) release();
    throw startError(cause, lastWords());
  }
}

type Pipes = [null, null, Readable, null, null, Readable, Writable, Readable, Readable];

function spawnLauncher(
  config: SentryConfig,
  root: SentryRoot,
  sandbox: { uid: number; id: string; socketPath: string; options: SentryOptions },
): ChildProcess {
  const { uid, id, socketPath, options } = sandbox;
  const image = openSync(config.rootfsPath, 'r');
  const spec = openUnnamed(`${socketPath}.json`, JSON.stringify(ociSpec(options, config.rootfsPath)));
  try {
    return spawn(
      config.launcherPath,
      [`${uid}`, root.chroot, socketPath, config.runscPath, '--', ...bootArguments(id, options.memoryMiB)],
      { stdio: ['ignore', 'ignore', 'pipe', image, spec, 'pipe', 'pipe', 'pipe', 'pipe'], env: {} },
    );
  } finally {
    closeSync(image);
    closeSync(spec);
  }
}

/** A file that only its descriptor reaches, so that nothing is left of it whatever happens next. */
function openUnnamed(path: string, content: string): number {
  writeFileSync(path, content, { mode: 0o600 });
  try {
    return openSync(path, 'r');
  } finally {
    rmSync(path);
  }
}

/** The sentry writes one byte once its control socket answers; the guest starts when it is told to. */
async function startGuest(booted: Readable, tell: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => booted.once('data', () => resolve()));
  booted.destroy();
  await tell();
}

function endBeforeBoot(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => reject(new Error(`it ended with ${signal ?? code}`)));
  });
}

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not up after ${timeoutMs} ms`)), timeoutMs).unref();
  });
}
