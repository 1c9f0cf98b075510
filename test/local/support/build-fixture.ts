import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { createFixtureApp } from './fixture-stack.ts';

/** `node build-fixture.ts <fixtures> <directory>`: bundles the fixture functions and synthesizes their stack. */
const [fixtures = '', directory = ''] = process.argv.slice(2);
for (const file of readdirSync(fixtures)) {
  buildSync({
    entryPoints: [join(fixtures, file)],
    outfile: join(directory, 'bundles', basename(file, '.ts'), 'handler.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}
createFixtureApp(join(directory, 'bundles'), join(directory, 'cdk.out')).synth();
