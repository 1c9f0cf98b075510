import type { SentryEnd, SentryUsage } from '../sentry/sentry.ts';

export type Template = 'python' | 'python-data' | 'javascript' | 'bash';
export type GuestUser = 'user' | 'root';
export type OutputStream = 'stdout' | 'stderr';

export interface GuestCommand {
  readonly cmd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Null: the home of the user. */
  readonly cwd: string | null;
  readonly user: GuestUser;
  /** False: the process finds its input at its end. */
  readonly stdin: boolean;
}

export type GuestProcessEnd = { readonly exitCode: number } | { readonly signal: string };

export interface GuestProcess {
  readonly pid: number;
  /**
   * Output from the start of the process on. While the listener's promise is pending nothing more is read from the
   * process, beyond what is on its way: it blocks on its own writes.
   */
  onOutput(listener: (stream: OutputStream, bytes: Uint8Array) => void | Promise<void>): void;
  /** Resolves once the process can read all of it; rejects with `not_found` when it does not read any more. */
  write(bytes: Uint8Array): Promise<void>;
  closeStdin(): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Resolves after the last output was given to the listener. Never settles when the guest is gone before. */
  readonly ended: Promise<GuestProcessEnd>;
}

export interface GuestEntry {
  readonly name: string;
  readonly path: string;
  /** Of what a link leads to, or `symlink` when it leads nowhere. */
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  readonly modifiedMs: number;
  /** Where a link leads. */
  readonly symlinkTarget: string | null;
}

export interface GuestFile {
  readonly size: number;
  /** Read as fast as it is taken. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export type GuestErrorCode =
  | 'not_found'
  | 'already_exists'
  | 'invalid_argument'
  | 'permission_denied'
  | 'no_space'
  | 'gone'
  | 'internal';

/** The guest refused, or is gone. The message is for the client. */
export class GuestError extends Error {
  override readonly name = 'GuestError';
  readonly code: GuestErrorCode;

  constructor(code: GuestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Replaces what the guest was started with; memory and CPU time are kept from outside, see `Sentry.limit`. */
export interface GuestLimits {
  readonly memoryMiB?: number;
  readonly cpuTimeMs?: number;
}

/**
 * One sandbox from the inside: single use, nothing of a client has run in it when it starts. Every path is absolute
 * and followed inside the guest, as the named user. Methods throw {@link GuestError}.
 */
export interface Guest {
  /** Resolves, never rejects, once nothing of it is left on the host. */
  readonly ended: Promise<SentryEnd>;
  start(command: GuestCommand): Promise<GuestProcess>;
  stat(path: string, user: GuestUser): Promise<GuestEntry>;
  /** What is in a folder, down to a depth (1: itself only), in order of the paths. */
  list(path: string, depth: number, user: GuestUser): Promise<GuestEntry[]>;
  /** With the folders on the way. */
  makeDir(path: string, user: GuestUser): Promise<GuestEntry>;
  /** With everything inside; what isn't there is removed already. */
  remove(path: string, user: GuestUser): Promise<void>;
  /** Creates the folders on the way. */
  move(from: string, to: string, user: GuestUser): Promise<GuestEntry>;
  readFile(path: string, user: GuestUser): Promise<GuestFile>;
  /** Creates the folders on the way. */
  writeFile(path: string, user: GuestUser, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  usage(): SentryUsage;
  limit(limits: GuestLimits): void;
  kill(): Promise<SentryEnd>;
}
