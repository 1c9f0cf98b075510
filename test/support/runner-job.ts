import type { Guest, GuestCommand, GuestUser } from '../../functions/sandbox-host/guest/guest.ts';
import { defaultLimits, type Limits } from '../../shared/domain/limits.ts';
import type { Program } from '../../shared/domain/program.ts';

export interface RunnerJob extends Omit<Program, 'language'> {
  language: 'python' | 'javascript' | 'bash';
  limits: Limits;
  artifacts: string[];
}

export type RunnerJobInput = Partial<Omit<RunnerJob, 'limits'>> & { limits?: Partial<Limits> };

export function runnerJob(input: RunnerJobInput): RunnerJob {
  return {
    language: 'python',
    source: '',
    stdin: '',
    args: [],
    env: {},
    files: [],
    artifacts: [],
    ...input,
    limits: { ...defaultLimits, wallTimeMs: 20_000, ...input.limits },
  };
}

export interface RunnerResult {
  /** What came before the report, by the first key of each line. */
  order: string[];
  stdout: string;
  stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: what it must be is what the tests say
  report: any;
  complaint: string;
  end: unknown;
}

/** Puts together what a runner said on its stdout and stderr. */
export function readRunnerOutput(said: string, complaint: string, end: unknown): RunnerResult {
  const frames = said
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const bytesOf = (stream: string) =>
    Buffer.concat(frames.map((frame) => Buffer.from(frame[stream] ?? '', 'base64'))).toString();
  return {
    order: frames.map((frame) => Object.keys(frame)[0] ?? ''),
    stdout: bytesOf('stdout'),
    stderr: bytesOf('stderr'),
    report: frames.at(-1)?.report,
    complaint,
    end,
  };
}

export const runProgram: GuestCommand = {
  cmd: '/bin/bash',
  args: ['-l', '-c', 'cordon-run'],
  env: {},
  cwd: null,
  user: 'root',
  stdin: false,
};

export async function runInGuest(
  guest: Guest,
  job: RunnerJobInput,
  command = runProgram,
): Promise<RunnerResult> {
  await writeText(guest, '/run/cordon/job.json', JSON.stringify(runnerJob(job)), 'root');
  const { stdout, stderr, end } = await finish(guest, command);
  return readRunnerOutput(stdout, stderr, end);
}

export async function writeText(
  guest: Guest,
  path: string,
  text: string,
  user: GuestUser = 'user',
): Promise<void> {
  await guest.writeFile(path, user, chunksOf(text));
}

export async function* chunksOf(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Runs a command to its end. */
export async function finish(guest: Guest, command: GuestCommand) {
  const process = await guest.start(command);
  const output = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  process.onOutput((stream, bytes) => {
    output[stream].push(bytes);
  });
  const end = await Promise.race([process.ended, guest.ended]);
  return { stdout: `${Buffer.concat(output.stdout)}`, stderr: `${Buffer.concat(output.stderr)}`, end };
}
