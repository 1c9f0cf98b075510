import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { globalFlags } from './boot-arguments.ts';
import { type LaunchedSentry, startError } from './launched-sentry.ts';
import { ociSpec } from './oci-spec.ts';
import type { SentryConfig, SentryOptions } from './sentry.ts';
import type { SentryRoot } from './sentry-root.ts';
import { trackProcessTree } from './track-process-tree.ts';
import { waitUntilGone } from './wait-until-gone.ts';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 5;

/**
 * Starts a sentry by stock `runsc run`, which makes namespaces around it: for hosts that have the privileges (ECS
 * Managed Instances, a laptop as root). What runsc itself has to say comes on the guest's stderr.
 */
export async function runSentry(
  config: SentryConfig,
  root: SentryRoot,
  options: SentryOptions,
): Promise<LaunchedSentry> {
  const id = `cordon-${randomUUID()}`;
  const folder = join(root.meeting, id);
  const release = () => rmSync(folder, { recursive: true, force: true });
  writeBundle(folder, ociSpec(options, config.rootfsPath));

  const pidFile = join(folder, 'pid');
  const child = spawn(
    config.runscPath,
    [
      `--root=${join(folder, 'state')}`,
      ...globalFlags,
      'run',
      `--bundle=${folder}`,
      `--pid-file=${pidFile}`,
      id,
    ],
    { stdio: 'pipe', env: {} },
  );
  const listProcesses = child.pid === undefined ? () => [] : trackProcessTree(child.pid);
  try {
    const pid = await waitForPid(pidFile, child);
    const { uid } = statSync(`/proc/${pid}`);
    const { stdin, stdout, stderr } = child;
    return {
      child,
      pid,
      uid,
      inspectAs: 0,
      stdin,
      stdout,
      stderr,
      lastWords: () => '',
      listProcesses,
      watchProcesses: listProcesses,
      save: () => Promise.reject(new Error('only what `runsc boot` started can be saved')),
      release,
    };
  } catch (cause) {
    child.kill('SIGKILL');
    await waitUntilGone(listProcesses);
    release();
    throw startError(cause, String(child.stderr.read() ?? ''));
  }
}

function writeBundle(folder: string, spec: ReturnType<typeof ociSpec>): void {
  mkdirSync(join(folder, 'empty'), { recursive: true, mode: 0o755 });
  // Only a place to mount the image on.
  const bundled = { ...spec, root: { ...spec.root, path: join(folder, 'empty') } };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(bundled), { mode: 0o600 });
}

async function waitForPid(pidFile: string, child: ChildProcess): Promise<number> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (child.exitCode !== null) throw new Error(`runsc run ended with ${child.exitCode}`);
    const pid = Number(readIfThere(pidFile));
    if (pid > 0) return pid;
    await sleep(POLL_MS);
  }
  throw new Error(`not up after ${START_TIMEOUT_MS} ms`);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
