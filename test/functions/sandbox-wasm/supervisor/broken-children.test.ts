import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createProgramRunner, SandboxLost } from '../../../../functions/sandbox-wasm/run-program.ts';
import { jobOf } from '../../../support/wasm-sandboxes.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broken-child-'));
});

afterEach(() => rm(folder, { recursive: true }));

const say = (message: unknown) => `fs.writeSync(3, ${JSON.stringify(`${JSON.stringify(message)}\n`)});`;
const ready = say({ kind: 'ready' });
const waitForJob = 'fs.readSync(0, Buffer.alloc(1e6));';
const finished = {
  kind: 'finished',
  ending: { kind: 'exited', exitCode: 0 },
  error: null,
  peakMemoryMiB: 1,
  wallTimeMs: 1,
  cpuTimeMs: 1,
  stdoutBytes: 0,
  stderrBytes: 0,
};
const started = say({ kind: 'started' });
const stay = 'setInterval(() => {}, 1000);';

const children: [name: string, program: string][] = [
  ['ends before it is ready', 'process.exit(1)'],
  ['ends during the job', `${ready}${waitForJob}${started}`],
  ['says what is no JSON', `${ready}${waitForJob}fs.writeSync(3, "garbage\\n");${stay}`],
  ['says what is no message', `${ready}${waitForJob}${say({ kind: 'root' })}${stay}`],
  ['adds to a message', `${ready}${waitForJob}${started}${say({ ...finished, extra: 1 })}${stay}`],
  ['never ends its line', `${ready}${waitForJob}fs.writeSync(3, "x".repeat(300_000));${stay}`],
  [
    'promises output that never comes',
    `${ready}${waitForJob}${started}${say({ ...finished, stdoutBytes: 9 })}`,
  ],
];

it.each(children)('loses a child that %s', async (_name, program) => {
  await writeFile(join(folder, 'python-child.mjs'), `import fs from 'node:fs';${program}`);
  const runner = createProgramRunner({ directory: folder });

  await expect(runner.run(jobOf({ source: '' }))).rejects.toThrow(SandboxLost);

  await runner.close();
});

it('takes a child at its word otherwise', async () => {
  const program = `import fs from 'node:fs';${ready}${waitForJob}${started}${say(finished)}`;
  await writeFile(join(folder, 'python-child.mjs'), program);
  const runner = createProgramRunner({ directory: folder });

  const report = await runner.run(jobOf({ source: '' }));

  expect(report.ending).toEqual({ kind: 'exited', exitCode: 0 });
  await runner.close();
});
