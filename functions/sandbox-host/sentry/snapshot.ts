import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expectSuccess } from './control-socket.ts';

/**
 * A guest as it was at one moment, in files that only the host reaches: gVisor's state of its kernel, and its pages.
 * Guests that are restored from it go on from there, each by itself. Their sentries read the files and can't write them.
 */
export interface Snapshot {
  readonly files: readonly string[];
}

/** A guest is saved in a tenth of a second; a sentry that hangs must not keep anybody waiting for ever. */
const CALL_TIMEOUT_MS = 20_000;

/** In the order in which a sentry wants them. */
const FILES = ['state', 'pages-metadata', 'pages'];

/** Saves the guest of a sentry, which ends by that. Nothing is left of a snapshot that could not be made. */
export async function saveSnapshot(
  callerPath: string,
  socketPath: string,
  folder: string,
  name: string,
): Promise<Snapshot> {
  const files = FILES.map((file) => `${folder}/${name}.${file}`);
  try {
    await callWithFiles(callerPath, socketPath, 'Checkpoint', { have_pages_file: true }, files, 'wx+');
    return { files };
  } catch (error) {
    removeSnapshot({ files });
    throw error;
  }
}

/** Before its host closes, which removes what is left. */
export function removeSnapshot({ files }: Snapshot): void {
  for (const file of files) rmSync(file, { force: true });
}

/** Has a sentry that booted, and started nothing, go on with a snapshot's guest. */
export function restoreSnapshot(callerPath: string, socketPath: string, snapshot: Snapshot): Promise<void> {
  const how = { HavePagesFile: true, HaveDeviceFile: false };
  return callWithFiles(callerPath, socketPath, 'Restore', how, snapshot.files, 'r');
}

/** Each call opens the files anew: sentries that restore at the same time must not share a position. */
async function callWithFiles(
  callerPath: string,
  socketPath: string,
  name: 'Checkpoint' | 'Restore',
  how: Readonly<Record<string, boolean>>,
  files: readonly string[],
  flags: 'r' | 'wx+',
): Promise<void> {
  const method = `containerManager.${name}`;
  const opened: number[] = [];
  let caller: ChildProcessByStdio<null, Readable, null>;
  try {
    for (const file of files) opened.push(openSync(file, flags, 0o600));
    caller = spawn(callerPath, [socketPath, JSON.stringify({ method, arg: how }), `${opened.length}`], {
      stdio: ['ignore', 'pipe', 'ignore', ...opened],
      env: {},
    }) as ChildProcessByStdio<null, Readable, null>;
  } finally {
    for (const file of opened) closeSync(file);
  }
  const failed = new Promise<never>((_, reject) => caller.once('error', reject));
  const giveUp = setTimeout(() => caller.kill('SIGKILL'), CALL_TIMEOUT_MS);
  try {
    expectSuccess(method, await Promise.race([text(caller.stdout), failed]));
  } finally {
    clearTimeout(giveUp);
  }
}
