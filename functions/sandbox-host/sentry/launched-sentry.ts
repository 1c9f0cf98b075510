import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { HostProcess } from './read-processes.ts';
import type { Snapshot } from './snapshot.ts';

/** A sentry whose guest runs, however it was started; to be watched and, once it is gone, released. */
export interface LaunchedSentry {
  /** The process whose end is the sandbox's end. */
  readonly child: ChildProcess;
  /** The sentry itself. */
  readonly pid: number;
  readonly uid: number;
  /** Who may look into its /proc folders without any privilege of root's; see `actAs`. */
  readonly inspectAs: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What the sentry itself said last; for logs, never for clients. */
  readonly lastWords: () => string;
  readonly listProcesses: () => HostProcess[];
  /** The same, cheap enough for every sentry's supervision at once, a little old. */
  readonly watchProcesses: () => HostProcess[];
  /** Ends the guest by saving it. */
  readonly save: () => Promise<Snapshot>;
  /** Removes what only this sandbox had; called once no process of it is left. */
  readonly release: () => void;
}

/** The sandbox did not come up; nothing of it is left. */
export class SentryStartError extends Error {
  override readonly name = 'SentryStartError';
}

/** With the sentry's own last words, for the operator's log. */
export function startError(cause: unknown, lastWords: string): SentryStartError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SentryStartError(`the sentry did not start: ${reason} ${lastWords}`.trim(), { cause });
}

const LAST_WORDS_BYTES = 2000;

/** Keeps the end of what a stream says and lets the rest go, so that the writer never waits. */
export function keepLastWords(stream: Readable): () => string {
  let words = '';
  stream
    .on('error', () => {})
    .on('data', (chunk) => {
      words = (words + chunk).slice(-LAST_WORDS_BYTES);
    });
  return () => words.trim();
}
