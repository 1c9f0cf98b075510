import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { environments, type FunctionName } from '../shared/contract/environment.ts';

/** CommonJS dependencies inside an ES module bundle still ask for `require`. */
const requireShim =
  "import { createRequire as cordonCreateRequire } from 'node:module'; const require = cordonCreateRequire(import.meta.url);";

/** Bundles every function's handler, minified, to `<directory>/<function>/handler.mjs`: each folder is a Lambda asset. */
export async function bundleFunctions(directory: string): Promise<void> {
  const names = Object.keys(environments) as FunctionName[];
  await Promise.all(names.map((name) => rm(join(directory, name, 'handler.mjs'), { force: true })));
  await build({
    entryPoints: names.map((name) => ({
      in: join('functions', name, 'handler.ts'),
      out: join(name, 'handler'),
    })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: requireShim },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
