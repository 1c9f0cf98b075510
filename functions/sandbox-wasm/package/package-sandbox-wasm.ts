import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { packageQuickJs } from '../interpreter/javascript/package-quickjs.ts';
import { quickJsFiles } from '../interpreter/javascript/quickjs-files.ts';
import { imageFiles, pyodideVersion } from '../interpreter/python/image.ts';
import { makeStandardLibrary } from './standard-library.ts';

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
  await Promise.all([packagePython(outputDirectory), packageJavascript(outputDirectory)]);
}

async function packageJavascript(outputDirectory: string): Promise<void> {
  await packageChild('javascript-child', outputDirectory);
  await inScratchFolder(async (folder) => {
    await packageQuickJs(folder);
    for (const file of Object.values(quickJsFiles)) {
      await replaceFile(join(outputDirectory, file), await readFile(join(folder, file)));
    }
  });
}

async function packagePython(outputDirectory: string): Promise<void> {
  await packageChild('python-child', outputDirectory);
  await packagePythonImage(outputDirectory);
}

async function packageChild(name: string, outputDirectory: string): Promise<void> {
  const program = await bundle(`child/${name}.ts`);
  await replaceFile(join(outputDirectory, `${name}.mjs`), Buffer.from(program));
}

async function packagePythonImage(outputDirectory: string): Promise<void> {
  const pyodideFolder = dirname(resolveModule('pyodide/package.json'));
  await assertPinned(join(pyodideFolder, 'package.json'));
  const sources = await Promise.all([
    readFile(join(pyodideFolder, 'pyodide.asm.wasm')),
    readFile(join(pyodideFolder, 'python_stdlib.zip')).then(makeStandardLibrary),
  ]);
  const prelude = await Promise.all(preludeNames.map(readPrelude));
  const program = await bundle('package/build-image-entry.ts');
  const hash = createHash('sha256');
  for (const part of [...sources, program, JSON.stringify(prelude)]) hash.update(part);
  const digest = hash.digest('hex');
  const hashPath = join(outputDirectory, hashFile);
  if ((await readFile(hashPath, 'utf8').catch(() => '')) === digest) return;

  const [module, standardLibrary] = sources;
  await replaceFile(join(outputDirectory, imageFiles.module), module);
  await replaceFile(join(outputDirectory, imageFiles.standardLibrary), standardLibrary);
  const image = await runBuilder(program, outputDirectory, JSON.stringify(prelude));
  await replaceFile(join(outputDirectory, imageFiles.image), image);
  await replaceFile(hashPath, Buffer.from(digest));
}

/** Its imports were judged one by one: another version has to be judged again first. */
async function assertPinned(packageFile: string): Promise<void> {
  const { version }: { version: string } = JSON.parse(await readFile(packageFile, 'utf8'));
  if (version !== pyodideVersion) throw new Error(`pyodide is ${version}, not the pinned ${pyodideVersion}`);
}

/** Builds in a process of its own: it needs the sandbox's memory only once. */
async function runBuilder(program: string, moduleFolder: string, prelude: string): Promise<Buffer> {
  return inScratchFolder(async (folder) => {
    const [builder, output] = [join(folder, 'build.mjs'), join(folder, 'image.bin')];
    await writeFile(builder, program);
    await promisify(execFile)(process.execPath, [builder, moduleFolder, prelude, output], { env: {} });
    return readFile(output);
  });
}

async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-wasm-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All or nothing: whoever reads the file meanwhile, such as another build or test, sees the old or the new one. */
async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function readPrelude(name: string): Promise<{ name: string; source: string }> {
  const path = join(sourceFolder, 'interpreter/python/prelude', `${name}.py`);
  return { name, source: await readFile(path, 'utf8') };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(sourceFolder, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'warning',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
