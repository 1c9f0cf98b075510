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
  readonly stdin: boolean;
}

export type GuestProcessEnd = { readonly exitCode: number } | { readonly signal: string };

export interface GuestProcess {
  readonly pid: number;
  /**
   * Output from the start of the process on. While the listener's promise is pending nothing more is read from the
   * process: it blocks on its own writes.
   */
  onOutput(listener: (stream: OutputStream, bytes: Uint8Array) => void | Promise<void>): void;
  write(bytes: Uint8Array): Promise<void>;
  closeStdin(): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Resolves after the last output. Never settles when the guest is gone before. */
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
  readonly chunks: AsyncIterable<Uint8Array>;
}

export type GuestErrorCode =
  | 'not_found'
  | 'already_exists'
  | 'invalid_argument'
  | 'permission_denied'
  | 'no_space'
  | 'resource_exhausted'
  | 'gone'
  | 'internal';

export class GuestError extends Error {
  override readonly name = 'GuestError';
  readonly code: GuestErrorCode;

  constructor(code: GuestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface GuestLimits {
  readonly memoryMiB?: number;
  readonly cpuTimeMs?: number;
  readonly diskMiB?: number;
  readonly processes?: number;
}

/** One sandbox from the inside: single use, nothing of a client has run in it when it starts. */
export interface Guest {
  /** Resolves, never rejects, once nothing of it is left on the host. */
  readonly ended: Promise<SentryEnd>;
  start(command: GuestCommand): Promise<GuestProcess>;
  stat(path: string, user: GuestUser): Promise<GuestEntry>;
  list(path: string, depth: number, user: GuestUser): Promise<GuestEntry[]>;
  makeDir(path: string, user: GuestUser): Promise<GuestEntry>;
  remove(path: string, user: GuestUser): Promise<void>;
  move(from: string, to: string, user: GuestUser): Promise<GuestEntry>;
  readFile(path: string, user: GuestUser): Promise<GuestFile>;
  /** Creates the folders on the way. */
  writeFile(path: string, user: GuestUser, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  usage(): SentryUsage;
  limit(limits: GuestLimits): void;
  kill(): Promise<SentryEnd>;
}
