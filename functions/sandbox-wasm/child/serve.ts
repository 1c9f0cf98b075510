import { readSync, writeSync } from 'node:fs';
import type { OutputStream } from '../../../shared/sandboxes/collect-output.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import {
  type ChildJob,
  type ChildMessage,
  childJobSchema,
  jobFd,
  messageFd,
  stderrFd,
  stdoutFd,
} from '../protocol.ts';

const outputFds: Record<OutputStream, number> = { stdout: stdoutFd, stderr: stderrFd };

/**
 * The child's whole life: one job after the other until the supervisor closes the pipe, dies, or a program leaves
 * the interpreter in a state that it can't be reset from.
 */
export async function serve(interpreter: Interpreter): Promise<void> {
  tell({ kind: 'ready' });
  for (let job = readJob(); job !== null; job = readJob()) {
    tell(await runJob(interpreter, job));
    if (!interpreter.reset()) return;
    tell({ kind: 'ready' });
  }
}

async function runJob(interpreter: Interpreter, { program, limits }: ChildJob): Promise<ChildMessage> {
  const written: Record<OutputStream, number> = { stdout: 0, stderr: 0 };
  tell({ kind: 'started' });
  const cpuStart = process.threadCpuUsage();
  const startMs = performance.now();
  const end = await interpreter.run(program, limits, (stream, bytes) => {
    writeAll(outputFds[stream], bytes);
    written[stream] += bytes.length;
  });
  const { user, system } = process.threadCpuUsage(cpuStart);
  return {
    kind: 'finished',
    ...end,
    wallTimeMs: round(performance.now() - startMs),
    cpuTimeMs: round((user + system) / 1000),
    stdoutBytes: written.stdout,
    stderrBytes: written.stderr,
  };
}

/** The next job, or null at the end of the pipe. */
function readJob(): ChildJob | null {
  const header = readExactly(4);
  if (header === null) return null;
  const body = readExactly(header.readUInt32LE(0));
  return body === null ? null : childJobSchema.parse(JSON.parse(body.toString()));
}

function readExactly(length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const read = readSync(jobFd, bytes, filled, length - filled, null);
    if (read === 0) return null;
    filled += read;
  }
  return bytes;
}

function tell(message: ChildMessage): void {
  writeAll(messageFd, Buffer.from(`${JSON.stringify(message)}\n`));
}

/** Pipes take a part at a time; a supervisor that is gone makes this throw and so ends the child. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
