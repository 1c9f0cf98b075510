import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { imageFiles } from '../interpreter/python/image.ts';

const sourceFolder = join(import.meta.dirname, '..');
const resolveModule = createRequire(import.meta.url).resolve;
/** Run in this order; the last one defines the functions that the host calls. */
const preludeNames = ['preload', 'unavailable', 'event_loop', 'entry'];
const hashFile = '.image-hash';

/**
 * Makes the folder that `createProgramRunner` starts its sandboxes from: a bundled child program per language,
 * the interpreters' WebAssembly, and Python's image. Self-contained and relocatable; downloads nothing. The image
 * is kept when nothing that it depends on has changed.
 */
export async function packageSandboxWasm(outputDirectory: string): Promise<void> {
  await mkdir(outputDirectory, { recursive: true });
  await Promise.all([
    bundle('child/python-child.ts', join(outputDirectory, 'python-child.mjs')),
    packagePythonImage(outputDirectory),
  ]);
}

async function packageJavascript(outputDirectory: string): Promise<void> {
  await bundle('child/javascript-child.ts', join(outputDirectory, 'javascript-child.mjs'));
  const wasmFile = resolveModule('@jitl/quickjs-wasmfile-release-sync/wasm');
  await copyFile(wasmFile, join(outputDirectory, 'quickjs.wasm'));
}

async function packagePythonImage(outputDirectory: string): Promise<void> {
  const pyodideFolder = dirname(resolveModule('pyodide/package.json'));
  const sources = await Promise.all([
    readFile(join(pyodideFolder, 'pyodide.asm.wasm')),
    readFile(join(pyodideFolder, 'python_stdlib.zip')),
  ]);
  const prelude = await Promise.all(preludeNames.map(readPrelude));
  const program = await bundleText('package/build-image-entry.ts');
  const hash = createHash('sha256');
  for (const part of [...sources, program, JSON.stringify(prelude)]) hash.update(part);
  const digest = hash.digest('hex');
  const hashPath = join(outputDirectory, hashFile);
  if ((await readFile(hashPath, 'utf8').catch(() => '')) === digest) return;

  await rm(hashPath, { force: true });
  const [module, standardLibrary] = sources;
  await writeFile(join(outputDirectory, imageFiles.module), module);
  await writeFile(join(outputDirectory, imageFiles.standardLibrary), standardLibrary);
  const builder = join(outputDirectory, 'build-image.mjs');
  await writeFile(builder, program);
  const args = [builder, outputDirectory, JSON.stringify(prelude)];
  await promisify(execFile)(process.execPath, args, { env: {}, maxBuffer: 10_000_000 });
  await rm(builder);
  await writeFile(hashPath, digest);
}

async function readPrelude(name: string): Promise<{ name: string; source: string }> {
  const path = join(sourceFolder, 'interpreter/python/prelude', `${name}.py`);
  return { name, source: await readFile(path, 'utf8') };
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({ ...bundleOptions(entry), outfile });
}

async function bundleText(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...bundleOptions(entry), write: false });
  return outputFiles?.[0]?.text ?? '';
}

function bundleOptions(entry: string): BuildOptions {
  return {
    entryPoints: [join(sourceFolder, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'warning',
  };
}
