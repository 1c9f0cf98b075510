import { changeFolder, operate, workingFolder } from '../files/file-tree.ts';
import { host } from '../host.ts';
import { exit } from '../run/exit.ts';
import { addTick } from '../run/ticks.ts';
import { EventEmitter } from './events.ts';

/** The language is that of Node 24 as far as it goes; the engine is named, so that nobody takes it for V8. */
const version = 'v24.0.0-quickjs';
const nanosecondsPerMs = 1_000_000;

class Process extends EventEmitter {
  readonly title = 'node';
  readonly version = version;
  readonly versions = { node: version.slice(1), quickjs: '2025-09-13' };
  readonly release = { name: 'node' };
  readonly platform = 'linux';
  readonly arch = 'wasm32';
  readonly pid = 1;
  readonly ppid = 0;
  readonly execPath = '/usr/bin/node';
  readonly execArgv: string[] = [];
  readonly features = {};
  readonly config = {};
  argv: string[] = [];
  argv0 = 'node';
  env: Record<string, string> = {};
  exitCode: number | string | undefined = undefined;
  memoryBytes = 0;
  #startMs = 0;

  begin(argv: string[], env: Record<string, string>, memoryBytes: number): void {
    this.argv = argv;
    this.env = env;
    this.#startMs = host.now();
    Object.defineProperty(this, 'memoryBytes', { value: memoryBytes, enumerable: false });
  }

  exit(code?: number | string): never {
    return exit(Number(code ?? this.exitCode ?? 0));
  }

  abort(): never {
    return exit(134);
  }

  cwd(): string {
    return workingFolder();
  }

  chdir(path: string): void {
    operate('chdir', path, () => changeFolder(path));
  }

  nextTick(callback: (...parameters: unknown[]) => void, ...parameters: unknown[]): void {
    addTick(callback, parameters);
  }

  uptime(): number {
    return (host.now() - this.#startMs) / 1000;
  }

  /** The engine can't be asked; what it may use at most is known. */
  memoryUsage() {
    const { memoryBytes } = this;
    return { rss: memoryBytes, heapTotal: memoryBytes, heapUsed: memoryBytes, external: 0, arrayBuffers: 0 };
  }

  cpuUsage() {
    return { user: Math.round(this.uptime() * 1e6), system: 0 };
  }

  umask(): number {
    return 0o022;
  }

  getuid(): number {
    return 1000;
  }

  getgid(): number {
    return 1000;
  }

  emitWarning(warning: unknown): void {
    const text =
      warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${String(warning)}`;
    host.writeStderr(`(node:1) ${text}\n`);
  }

  kill(): never {
    throw new Error('process.kill is not available in the wasm backend');
  }

  readonly hrtime = Object.assign(
    (since?: [number, number]): [number, number] => {
      const total = BigInt(Math.round(host.now() * nanosecondsPerMs));
      const before = since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]);
      const elapsed = total - before;
      return [Number(elapsed / 1_000_000_000n), Number(elapsed % 1_000_000_000n)];
    },
    { bigint: () => BigInt(Math.round(host.now() * nanosecondsPerMs)) },
  );
}

export const process = new Process();
Object.defineProperty(process, Symbol.toStringTag, { value: 'process' });
