import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { IsolationCommand } from './isolation.ts';

/** Interpreters that have a child program of their own; TypeScript runs where JavaScript does. */
export type ChildKind = 'python' | 'javascript';

export interface ChildPipes {
  process: ChildProcess;
  jobs: Writable;
  stdout: Readable;
  stderr: Readable;
  messages: Readable;
}

/** Heap of the child's own JavaScript. The interpreter's memory is not in it. */
const heapMiB = 128;
/** Part of the native stack that the engine may fill; the rest is for its own C++. */
const usableStack = 0.9;

/**
 * Starts a child: no environment, no file but its own folder, no other process, worker, addon, inspector or
 * SQLite (whose module doesn't ask the permission model), no code from strings.
 */
export function startChild(
  kind: ChildKind,
  directory: string,
  { prefix, stackBytes }: IsolationCommand,
): ChildPipes {
  const folder = realpathSync(directory);
  const stackKiB = Math.floor((stackBytes * usableStack) / 1024);
  const command = [
    ...prefix,
    process.execPath,
    '--permission',
    `--allow-fs-read=${join(folder, '*')}`,
    '--disallow-code-generation-from-strings',
    '--no-experimental-sqlite',
    '--no-addons',
    '--disable-sigusr1',
    '--no-warnings',
    `--max-old-space-size=${heapMiB}`,
    `--stack-size=${stackKiB}`,
    join(folder, `${kind}-child.mjs`),
    String(stackKiB * 1024),
  ];
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, args, { cwd: folder, env: {}, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const [jobs, stdout, stderr, messages] = child.stdio;
  if (!isWritable(jobs) || !isReadable(stdout) || !isReadable(stderr) || !isReadable(messages)) {
    throw new Error('the child has no pipes');
  }
  return { process: child, jobs, stdout, stderr, messages };
}

function isWritable(stream: unknown): stream is Writable {
  return typeof stream === 'object' && stream !== null && 'write' in stream;
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'read' in stream;
}
