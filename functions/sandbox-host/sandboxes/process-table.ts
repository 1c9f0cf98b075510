import type { GuestCommand, GuestProcess, GuestProcessEnd, OutputStream } from '../guest/guest.ts';
import type { SentryEnd } from '../sentry/sentry.ts';

/** How a process ended: by itself or by a signal, or with its whole sandbox. */
export type ProcessEnd = { kind: 'ended'; end: GuestProcessEnd } | { kind: 'sandbox_ended'; end: SentryEnd };

/** A promise of a listener holds the process back until it is settled. */
export type OutputListener = (stream: OutputStream, bytes: Uint8Array) => void | Promise<void>;

/** A process that a client started and that still runs. */
export interface RunningProcess {
  readonly pid: number;
  readonly tag: string | null;
  /** As the client asked for it. */
  readonly config: ProcessConfig;
  /**
   * Every listener gets all output from now on, the first one from the start on. With none left, output is dropped.
   * Answers how to stop.
   */
  listen(listener: OutputListener): () => void;
  /** Resolves after the last output was given to the listeners. */
  readonly ended: Promise<ProcessEnd>;
  /** Null: it was started without. */
  readonly stdin: ProcessStdin | null;
  signal(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface ProcessStdin {
  /** Bytes that were written and that the process has not taken. */
  pendingBytes(): number;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface ProcessConfig {
  readonly cmd: string;
  readonly args: readonly string[];
  readonly envs: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The processes that clients started in one sandbox. */
export interface ProcessTable {
  /** Until somebody listens, the process is held back at its first output. */
  start(command: GuestCommand, as: { config: ProcessConfig; tag: string | null }): Promise<RunningProcess>;
  find(selector: { pid: number } | { tag: string }): RunningProcess | null;
  list(): RunningProcess[];
}

export interface ProcessStarter {
  readonly ended: Promise<SentryEnd>;
  start(command: GuestCommand): Promise<GuestProcess>;
}

export function createProcessTable(guest: ProcessStarter): ProcessTable {
  const running = new Map<number, RunningProcess>();
  const guestEnded = guest.ended.then((end): ProcessEnd => ({ kind: 'sandbox_ended', end }));

  return {
    async start(command, { config, tag }) {
      const process = await guest.start(command);
      const listeners = new Set<OutputListener>();
      let isHeard = false;
      const started: RunningProcess = {
        pid: process.pid,
        tag,
        config,
        listen(added) {
          listeners.add(added);
          if (!isHeard) process.onOutput((stream, bytes) => fanOut(listeners, stream, bytes));
          isHeard = true;
          return () => listeners.delete(added);
        },
        ended: Promise.race([process.ended.then((end): ProcessEnd => ({ kind: 'ended', end })), guestEnded]),
        stdin: command.stdin ? createStdin(process) : null,
        signal: (signal) => process.signal(signal),
      };
      running.set(process.pid, started);
      // A pid may be given again before the end of its last owner was heard.
      void started.ended.then(() => running.get(process.pid) === started && running.delete(process.pid));
      return started;
    },
    find(selector) {
      if ('pid' in selector) return running.get(selector.pid) ?? null;
      return [...running.values()].find(({ tag }) => tag === selector.tag) ?? null;
    },
    list: () => [...running.values()],
  };
}

function createStdin(process: GuestProcess): ProcessStdin {
  let pendingBytes = 0;
  return {
    pendingBytes: () => pendingBytes,
    async write(bytes) {
      pendingBytes += bytes.length;
      try {
        await process.write(bytes);
      } finally {
        pendingBytes -= bytes.length;
      }
    },
    close: () => process.closeStdin(),
  };
}

/** As slow as the slowest listener, and without a promise when all are fast. */
function fanOut(
  listeners: ReadonlySet<OutputListener>,
  stream: OutputStream,
  bytes: Uint8Array,
): void | Promise<void> {
  const slow: Promise<void>[] = [];
  for (const listener of listeners) {
    const pending = listener(stream, bytes);
    if (pending !== undefined) slow.push(pending);
  }
  if (slow.length > 0) return Promise.all(slow).then(() => {});
}
