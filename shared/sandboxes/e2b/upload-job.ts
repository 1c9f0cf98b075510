import type { Sandbox } from 'e2b';
import type { Program } from '../../domain/program.ts';
import type { BackendJob } from '../../ports/sandbox-backend.ts';

/** How the runner gets into the sandbox: it is in the template, or its source goes along with the job. */
export type RunnerSource = { kind: 'installed' } | { kind: 'uploaded'; source: string };

const folder = '/run/cordon';
const jobPath = `${folder}/job.json`;
const runnerPath = `${folder}/run_program.py`;

/** Starts the runner, as root. A folder that the upload made is closed before anything of the program runs. */
export function runnerCommand(runner: RunnerSource): string {
  return runner.kind === 'installed' ? 'cordon-run' : `chmod 0700 ${folder} && exec python3 -I ${runnerPath}`;
}

/** Writes the job, and the runner where it is not installed, as root, in one request. */
export async function uploadJob(
  sandbox: Sandbox,
  {
    program,
    job: { limits, artifacts },
    runner,
  }: { program: Program; job: BackendJob; runner: RunnerSource },
  signal: AbortSignal,
): Promise<void> {
  const content = JSON.stringify({ ...program, limits, artifacts });
  const options = { user: 'root', signal, requestTimeoutMs: 0 } as const;
  if (runner.kind === 'installed') {
    await sandbox.files.write(jobPath, content, options);
    return;
  }
  const files = [
    { path: runnerPath, data: runner.source },
    { path: jobPath, data: content },
  ];
  await sandbox.files.write(files, options);
}
