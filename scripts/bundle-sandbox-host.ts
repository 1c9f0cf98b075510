import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-functions.ts';

const main = 'functions/sandbox-host/main.ts';
/** What the image is made of, beside the bundle: the Dockerfile, and what of these folders isn't TypeScript. */
const imageSources = ['functions/sandbox-host', 'shared/sandboxes/runner'];

/**
 * Bundles the host service to `<functions>/sandbox-host/main.mjs`, and lays out `image` as the repository is laid
 * out, with nothing but what goes into the image: its hash is the image's, and needs no Docker.
 */
export async function bundleSandboxHost({
  functions,
  image,
}: {
  functions: string;
  image: string;
}): Promise<void> {
  const folder = join(functions, 'sandbox-host');
  await Promise.all([
    rm(folder, { recursive: true, force: true }),
    rm(image, { recursive: true, force: true }),
  ]);
  await build({ ...bundleOptions, entryPoints: [{ in: main, out: 'main' }], outdir: folder });
  await cp(folder, join(image, 'build/functions/sandbox-host'), { recursive: true });
  for (const source of imageSources) {
    const filter = (file: string) => !file.endsWith('.ts');
    await cp(source, join(image, source), { recursive: true, filter });
  }
}
