import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultLimits } from '../../shared/domain/limits.ts';
import type { ProgramError } from '../../shared/domain/sandbox-report.ts';
import type { Example, Expected } from './load-examples.ts';

const pythonHarness = fileURLToPath(new URL('native-harness.py', import.meta.url));
const nodeHarness = fileURLToPath(new URL('native-harness.mjs', import.meta.url));

/**
 * Runs an example with the machine's own `python3` or this Node, in a fresh folder, without any sandbox: only
 * for the programs of this repository. `variation` changes what output must not depend on (hash seed, time zone).
 */
export async function runNatively(example: Example, variation: 0 | 1): Promise<Expected> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordon-example-'));
  try {
    const work = path.join(folder, 'work');
    const error = path.join(folder, 'error.json');
    await placeFiles(example, work);
    await writeFile(path.join(folder, 'context.json'), JSON.stringify(example.request.context ?? null));

    const { exitCode, stdout, timedOut } = await run(example, { work, error, variation });
    const outcome = timedOut ? 'time_limit_exceeded' : exitCode === 0 ? 'succeeded' : 'nonzero_exit';
    return { outcome, exitCode: timedOut ? null : exitCode, error: await readError(error), stdout };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function placeFiles({ mainFile, request }: Example, folder: string): Promise<void> {
  const all = [{ path: mainFile, content: request.source }, ...(request.files ?? [])];
  for (const { path: file, content, ...rest } of all) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    const encoding = 'encoding' in rest && rest.encoding === 'base64' ? 'base64' : 'utf8';
    await writeFile(path.join(folder, file), content, encoding);
  }
}

interface Place {
  work: string;
  error: string;
  variation: 0 | 1;
}

// `--require`, not `--import`: that one loads a CommonJS program by the ES module loader, which maps the lines of
// transformed TypeScript wrongly.
function run({ language, mainFile, request }: Example, { work, error, variation }: Place) {
  const [command, ...head] =
    language === 'python'
      ? ['python3', '-B', pythonHarness]
      : [process.execPath, '--no-warnings', '--experimental-transform-types', '--require', nodeHarness];
  const child = spawn(command, [...head, mainFile, ...(request.args ?? [])], {
    cwd: work,
    env: {
      PATH: process.env.PATH,
      PYTHONHASHSEED: String(variation),
      PYTHONUTF8: '1',
      TZ: variation === 0 ? 'UTC' : 'Asia/Kolkata',
      ...request.env,
      CORDON_ERROR_FILE: error,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A program that never reads its stdin closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(request.stdin ?? '');

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, request.limits?.wallTimeMs ?? defaultLimits.wallTimeMs);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise<{ exitCode: number | null; stdout: string; timedOut: boolean }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, stdout: Buffer.concat(chunks).toString('utf8'), timedOut });
    });
  });
}

async function readError(file: string): Promise<ProgramError | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as ProgramError);
}
