import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Program } from '../../../../../shared/domain/program.ts';

export interface Result {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** Runs a program in real Node, in a folder of its own: the independent judge of what is right. */
export function runInNode(program: Program): Result {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-like-node-'));
  try {
    for (const { path, content, encoding } of program.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), Buffer.from(content, encoding));
    }
    const main = program.language === 'typescript' ? 'main.ts' : 'main.js';
    writeFileSync(join(folder, main), program.source);
    const flags = [
      '--no-warnings',
      ...(program.language === 'typescript' ? ['--experimental-transform-types'] : []),
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, main, ...program.args], {
      cwd: folder,
      env: program.env,
      input: program.stdin,
      encoding: 'utf8',
    });
    return { stdout: inHome(stdout, folder), stderr: inHome(stderr, folder), exitCode: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Node's loader calls the program; ours doesn't show. */
const loaderCall =
  /\n {4}at .*(?:node:internal|Module\.|Object\.\.js|wrapModuleLoad|ModuleJob|asyncRunEntryPoint).*/g;

/** A folder's files by the names that they have in a sandbox, without what only Node itself adds. */
function inHome(text: string, folder: string): string {
  return text
    .replaceAll(`file://${folder}/`, '')
    .replaceAll(`${folder}/`, '')
    .replaceAll(folder, '/home/user')
    .replace(loaderCall, '')
    .replace(/\n\nNode\.js v[\d.]+\n$/, '\n');
}
