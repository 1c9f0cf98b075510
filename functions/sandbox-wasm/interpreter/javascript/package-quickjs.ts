import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { quickJsFiles } from './quickjs-files.ts';

/**
 * Makes the files that `createQuickJsInterpreter` needs beside it: the engine as its package ships it, and the
 * guest's library as one script. Part of the build; the interpreter itself never needs esbuild.
 */
export async function packageQuickJs(outputDirectory: string): Promise<void> {
  await mkdir(outputDirectory, { recursive: true });
  const { resolve } = createRequire(import.meta.url);
  await copyFile(
    resolve('@jitl/quickjs-wasmfile-release-sync/wasm'),
    join(outputDirectory, quickJsFiles.engine),
  );
  await writeFile(join(outputDirectory, quickJsFiles.guest), await bundleGuest());
}

/** The guest's library as a script whose value is an object with the entry's exports. Defines no global. */
export async function bundleGuest(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'guest/create-guest.ts')],
    bundle: true,
    minifyWhitespace: true,
    format: 'cjs',
    platform: 'neutral',
    target: 'es2023',
    charset: 'utf8',
    keepNames: false,
    write: false,
    logLevel: 'warning',
  });
  return `(() => { const module = { exports: {} }; ${outputFiles[0]?.text ?? ''}; return module.exports; })()`;
}
