import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { lstat, mkdir, open, readdir, readlink, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  type Guest,
  type GuestCommand,
  type GuestEntry,
  GuestError,
  type GuestProcess,
  type GuestProcessEnd,
  type OutputStream,
} from '../../functions/sandbox-host/guest/guest.ts';
import type { SentryEnd } from '../../functions/sandbox-host/sentry/sentry.ts';

/** A guest that a test can end as a supervisor does. */
export interface LocalGuest extends Guest {
  end(end: SentryEnd): Promise<SentryEnd>;
}

/** What the host does with guests, on plain children of the test: no isolation, for tests of everything around it. */
export function startLocalGuest(): LocalGuest {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-local-guest-'));
  const children = new Set<ChildProcess>();
  const { promise: ended, resolve } = Promise.withResolvers<SentryEnd>();
  let isEnding = false;
  const made = mkdir(join(folder, 'home/user'), { recursive: true });
  const real = (path: string) => join(folder, path);
  const shown = (path: string) => path.slice(folder.length) || '/';

  async function end(reason: SentryEnd): Promise<SentryEnd> {
    isEnding = true;
    const exits = [...children].map((child) => new Promise((done) => child.once('close', done)));
    for (const child of children) killGroup(child, 'SIGKILL');
    await Promise.all(exits);
    await made;
    rmSync(folder, { recursive: true, force: true });
    resolve(reason);
    return ended;
  }

  async function entryOf(path: string): Promise<GuestEntry> {
    const link = await lstat(path);
    const target = link.isSymbolicLink() ? await readlink(path) : null;
    const info = target === null ? link : await stat(path).catch(() => link);
    return {
      name: basename(path),
      path: shown(path),
      type: info.isFile() ? 'file' : info.isDirectory() ? 'directory' : 'symlink',
      size: info.size,
      mode: info.mode & 0o777,
      owner: 'user',
      group: 'user',
      modifiedMs: info.mtimeMs,
      symlinkTarget: target,
    };
  }

  async function listInto(entries: GuestEntry[], path: string, depth: number): Promise<GuestEntry[]> {
    for (const name of (await readdir(path)).sort()) {
      const entry = await entryOf(join(path, name));
      entries.push(entry);
      if (depth > 1 && entry.type === 'directory') await listInto(entries, join(path, name), depth - 1);
    }
    return entries;
  }

  return {
    ended,
    end,
    kill: () => end({ kind: 'killed' }),
    limit: () => {},
    usage: () => ({ cpuTimeMs: 5, memoryMiB: 10, peakMemoryMiB: 12 }),
    async start(command) {
      await made;
      const process = await startChild(command, real(command.cwd ?? '/home/user'), () => isEnding);
      children.add(process.child);
      process.child.once('close', () => children.delete(process.child));
      return process;
    },
    stat: (path) => refusing(async () => entryOf(real(path))),
    list: (path, depth) => refusing(() => listInto([], real(path), depth)),
    makeDir: (path) =>
      refusing(async () => {
        const existing = await stat(real(path)).catch(() => null);
        if (existing?.isDirectory()) throw new GuestError('already_exists', `${path} exists already`);
        await mkdir(real(path), { recursive: true });
        return entryOf(real(path));
      }),
    remove: (path) => refusing(() => rm(real(path), { recursive: true, force: true })),
    move: (from, to) =>
      refusing(async () => {
        await rename(real(from), real(to));
        return entryOf(real(to));
      }),
    readFile: (path) =>
      refusing(async () => {
        const info = await stat(real(path));
        if (info.isDirectory()) throw new GuestError('invalid_argument', `${path} is a directory`);
        return { size: info.size, chunks: createReadStream(real(path)) };
      }),
    writeFile: (path, _user, chunks) =>
      refusing(async () => {
        await made;
        await mkdir(dirname(real(path)), { recursive: true });
        const file = await open(real(path), 'w');
        try {
          for await (const chunk of chunks) await file.write(chunk);
        } finally {
          await file.close();
        }
      }),
  };
}

async function refusing<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new GuestError('not_found', 'no such file or directory');
    if (code === 'ENOTDIR' || code === 'EISDIR') throw new GuestError('invalid_argument', 'not a directory');
    throw error;
  }
}

async function startChild(
  { cmd, args, env, stdin }: GuestCommand,
  cwd: string,
  isEnding: () => boolean,
): Promise<GuestProcess & { child: ChildProcess }> {
  const child = spawn(cmd, args, {
    cwd,
    env,
    detached: true,
    stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const { promise: ended, resolve } = Promise.withResolvers<GuestProcessEnd>();
  child.once('close', (code, signal) => {
    if (!isEnding()) resolve(signal === null ? { exitCode: code ?? -1 } : { signal });
  });
  await new Promise((done, fail) => {
    child.once('spawn', done);
    child.once('error', () => fail(new GuestError('not_found', `${cmd}: not found, or no such folder`)));
  });
  child.stdin?.on('error', () => {});
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    onOutput(listener) {
      for (const stream of ['stdout', 'stderr'] satisfies OutputStream[]) {
        child[stream]?.on('data', async (bytes: Buffer) => {
          const pending = listener(stream, bytes);
          if (pending === undefined) return;
          child[stream]?.pause();
          await pending;
          child[stream]?.resume();
        });
      }
    },
    write: (bytes) => new Promise((done) => void child.stdin?.write(bytes, () => done())),
    closeStdin: () => new Promise((done) => void child.stdin?.end(() => done())),
    signal: async (signal) => killGroup(child, signal),
  };
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(pid ?? 0), signal);
  } catch {
    // It is gone already.
  }
}
