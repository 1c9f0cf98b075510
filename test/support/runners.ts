import { once } from 'node:events';
import { describe } from '@jest/globals';
import { bundleRunner } from '../../shared/sandboxes/runner/bundle-runner.ts';
import { describeOnGuests } from './guests.ts';
import { spawnLikeGuest, whyNoNamespaces } from './plain-sentries.ts';
import {
  type RunnerJobInput,
  type RunnerResult,
  readRunnerOutput,
  runInGuest,
  runnerJob,
} from './runner-job.ts';

export type RunJob = (job: RunnerJobInput) => Promise<RunnerResult>;

/** The same suite on the runner in each of its shapes: in the agent, and uploaded as one file. */
export function describeOnRunners(
  name: string,
  suite: (run: RunJob, on: { isGvisor: boolean }) => void,
): void {
  describeOnGuests(`${name}, in the agent`, ({ start, isGvisor }) => {
    suite(async (job) => runInGuest(await start(), job), { isGvisor });
  });
  const uploaded = () => suite(runUploaded, { isGvisor: false });
  const reason = whyNoNamespaces();
  if (reason === null) describe(`${name}, uploaded`, uploaded);
  else describe.skip(`${name}, uploaded (skipped: ${reason})`, uploaded);
}

const unpack = `
import json, os, sys
parts = json.load(sys.stdin)
for name in parts:
    with open("/run/cordon/" + name, "w") as file:
        file.write(parts[name])
os.execv("/usr/bin/python3", ["/usr/bin/python3", "-I", "/run/cordon/run_program.py"])`;

async function runUploaded(job: RunnerJobInput): Promise<RunnerResult> {
  // Not pid 1, as in a sandbox of somebody else: orphans of the program go to the runner only if it asks for them.
  const child = spawnLikeGuest(['bash', '--norc', '-c', '/usr/bin/python3 -c "$0"; exit $?', unpack]);
  const parts = { 'job.json': JSON.stringify(runnerJob(job)), 'run_program.py': bundleRunner() };
  child.stdin.end(JSON.stringify(parts));
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const [exitCode] = await once(child, 'close');
  return readRunnerOutput(said.stdout, said.stderr, { exitCode });
}
