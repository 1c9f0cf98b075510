import { unreachable } from '../../../shared/domain/cordon-error.ts';
import type { Limits } from '../../../shared/domain/limits.ts';
import type { SandboxJob, SandboxReport } from '../../../shared/domain/sandbox-report.ts';
import { type ChildMessage, childMessageSchema } from '../protocol.ts';
import { type ActiveRun, createActiveRun } from './active-run.ts';
import type { IsolationCommand } from './isolation.ts';
import { SandboxLost } from './sandbox-lost.ts';
import { type ChildKind, startChild } from './start-child.ts';

/** One child process. It serves one tenant, one job at a time. */
export interface SandboxProcess {
  readonly pid: number;
  /** Rejects with {@link SandboxLost} when the child ends by itself, or says what no child of ours says. */
  run(job: SandboxJob): Promise<SandboxReport>;
  /** True once it may take a job; false when it never will. After a run: whether the reset succeeded. */
  isReady(): Promise<boolean>;
  kill(): void;
  readonly exited: Promise<void>;
}

/** Kept of what a child prints before a program runs in it: why it can't start. For our logs. */
const maxLastWords = 500;
/** How long a child may take to start, and to reset, on a very busy machine. */
const readyTimeoutMs = 20_000;

export function startSandboxProcess(
  kind: ChildKind,
  directory: string,
  isolation: IsolationCommand,
): SandboxProcess {
  const child = startChild(kind, directory, isolation);
  const { pid = -1 } = child.process;
  let active: ActiveRun | null = null;
  let lastWords = '';
  let readiness = createReadiness(kill);
  readiness.expect(readyTimeoutMs);

  const exited = new Promise<void>((resolve) => {
    const end = () => {
      readiness.settle(false);
      active?.childEnded();
      active = null;
      resolve();
    };
    child.process.once('close', end);
    child.process.once('error', end);
  });
  // Writing to a child that is gone: its end is what counts.
  child.jobs.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => active?.output('stdout', chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    if (active === null) lastWords = (lastWords + chunk.toString()).slice(0, maxLastWords);
    else active.output('stderr', chunk);
  });
  onLines(child.messages, (line) => {
    const message = parseMessage(line);
    if (message === null) kill();
    else receive(message);
  });

  function receive(message: ChildMessage): void {
    switch (message.kind) {
      case 'ready':
        readiness.settle(true);
        break;
      case 'started':
        active?.started();
        break;
      case 'finished':
        readiness.expect(readyTimeoutMs);
        active?.finished(message);
        break;
      default:
        unreachable(message);
    }
  }

  function kill(): void {
    child.process.kill('SIGKILL');
  }

  return {
    pid,
    exited,
    kill,
    isReady: () => readiness.promise,
    async run(job) {
      const requestedMs = performance.now();
      if (!(await readiness.promise)) {
        throw new SandboxLost(`the sandbox did not start: ${lastWords}`, { hasStarted: false });
      }
      readiness = createReadiness(kill);
      const run = createActiveRun({ pid, limits: job.limits, requestedMs, kill });
      active = run;
      child.jobs.write(frame(job.program, job.limits));
      return run.report.finally(() => {
        if (active === run) active = null;
      });
    },
  };
}

interface Readiness {
  promise: Promise<boolean>;
  /** Gives the child this long to say that it is ready. */
  expect(timeoutMs: number): void;
  settle(isReady: boolean): void;
}

function createReadiness(onTimeout: () => void): Readiness {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let timer: NodeJS.Timeout | undefined;
  return {
    promise,
    expect(timeoutMs) {
      timer = setTimeout(onTimeout, timeoutMs);
      timer.unref();
    },
    settle(isReady) {
      clearTimeout(timer);
      resolve(isReady);
    },
  };
}

function frame(program: SandboxJob['program'], limits: Limits): Buffer {
  const body = Buffer.from(JSON.stringify({ program, limits }));
  const header = Buffer.alloc(4);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

/** Null for what no child of ours would say: it is broken, or not ours any more. */
function parseMessage(line: string): ChildMessage | null {
  try {
    return childMessageSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Longest message: an error's type and message, each character up to six bytes of JSON. */
const maxLineBytes = 200_000;

function onLines(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length > maxLineBytes) take('');
  });
}
