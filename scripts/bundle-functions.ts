import { copyFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { environments, type FunctionName } from '../shared/contract/environment.ts';
import { bundleRunner } from '../shared/sandboxes/runner/bundle-runner.ts';
import { grammars } from '../shared/validation/policy/parse/wasm-files.ts';

/** CommonJS dependencies inside an ES module bundle still ask for `require` and `__dirname`. */
const commonjsShim =
  "import { createRequire as cordonCreateRequire } from 'node:module'; const require = cordonCreateRequire(import.meta.url), cordonDirname = import.meta.dirname;";

export const bundleOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: commonjsShim },
  define: { __dirname: 'cordonDirname' },
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/** Programs of threads, each beside the handlers that start them: `new URL('./x', import.meta.url)` finds it there. */
const threads: Partial<Record<FunctionName, string[]>> = {
  'run-execution': ['shared/sandboxes/typescript/compiler-thread.ts'],
  'submit-execution': ['shared/validation/syntax/syntax-thread.ts'],
};

/** Files of packages that a bundle reads at run time, by module name: each is beside the handler, under its own name. */
const assets: Partial<Record<FunctionName, string[]>> = {
  'submit-execution': [
    '@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm',
    'web-tree-sitter/web-tree-sitter.wasm',
    ...grammars.map((grammar) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`),
  ],
};

/** What `run-execution` sends to E2B's cloud, which has no runner of its own. */
const runnerFile = 'run-execution/run_program.py';

/** Bundles every function's handler, minified, to `<directory>/<function>/handler.mjs`: each folder is a Lambda asset. */
export async function bundleFunctions(directory: string): Promise<void> {
  const names = Object.keys(environments) as FunctionName[];
  await Promise.all(names.map((name) => rm(join(directory, name, 'handler.mjs'), { force: true })));
  await build({
    entryPoints: names.flatMap((name) =>
      [join('functions', name, 'handler.ts'), ...(threads[name] ?? [])].map((path) => ({
        in: path,
        out: join(name, basename(path, '.ts')),
      })),
    ),
    ...bundleOptions,
    outdir: directory,
  });
  await writeFile(join(directory, runnerFile), bundleRunner());
  for (const name of names) await copyAssets(join(directory, name), assets[name] ?? []);
}

async function copyAssets(directory: string, files: string[]): Promise<void> {
  for (const file of files) {
    await copyFile(fileURLToPath(import.meta.resolve(file)), join(directory, basename(file)));
  }
}
