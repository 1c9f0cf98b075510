import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundleOptions } from '../../../scripts/bundle-functions.ts';
import {
  type FaultServer,
  printed,
  problem,
  type Reaction,
  type Step,
  startEvent,
  started,
  startFaultServer,
} from '../../support/e2b-fault-server.ts';

/** Far below the 60 s that the SDK would wait, and above the 5 s that it asks after a sandbox. */
const patienceMs = 15_000;

let folder: string;
let server: FaultServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-bundled-'));
  await build({
    ...bundleOptions,
    entryPoints: ['test/support/run-one-job.ts', 'shared/sandboxes/typescript/compiler-thread.ts'],
    entryNames: '[name]',
    outdir: folder,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

const hang: Reaction = { kind: 'hang' };
const hangingRun: Reaction = { kind: 'stream', messages: [startEvent, printed(started)], last: 'hang' };
const garbage: Reaction = { kind: 'stream', messages: [startEvent, printed({})], last: 'hang' };
const noStart: Reaction = { kind: 'stream', messages: [printed(started)], last: 'hang' };
const cutRun: Reaction = { kind: 'stream', messages: [startEvent, printed(started)], last: 'reset' };

/** As in a Lambda: one file, without the HTTP client that the SDK prefers, in a process that must end by itself. */
describe('the bundled adapter, in a process that nobody ends', () => {
  const rows: [
    name: string,
    script: Partial<Record<Step, Reaction>>,
    printed: string,
    wallTimeMs?: number,
  ][] = [
    ['a run', {}, '{"kind":"exited","exitCode":0}'],
    ['a creation that is refused', { create: problem(429) }, 'backend_unavailable true'],
    ['a creation that hangs', { create: hang }, 'backend_unavailable true'],
    ['an upload that hangs', { upload: hang }, 'backend_unavailable true'],
    ['an upload that is cut', { upload: { kind: 'reset' } }, 'backend_unavailable true'],
    ['a start that hangs', { start: hang }, 'backend_unavailable true'],
    ['a start that is refused', { start: problem(502) }, 'sandbox_lost true'],
    ['a program that hangs', { start: hangingRun }, 'sandbox_lost false'],
    ['a stream without a start', { start: noStart }, 'backend_unavailable true', 60_000],
    ['garbage', { start: garbage }, 'sandbox_lost true', 60_000],
    ['a program that is cut', { start: cutRun }, 'sandbox_lost false', 60_000],
    ['a program that is cut, then silence', { start: cutRun, health: hang }, 'sandbox_lost false'],
    ['an end that hangs', { kill: hang }, '{"kind":"exited","exitCode":0}'],
  ];

  it.each(rows)('ends after %s', async (_, script, expected, wallTimeMs = 200) => {
    server.script = script;

    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [join(folder, 'run-one-job.mjs'), server.url, String(wallTimeMs)],
      { timeout: patienceMs },
    );

    expect({ stdout, stderr }).toEqual({ stdout: `${expected}\n`, stderr: '' });
  });
});
