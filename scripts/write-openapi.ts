import { readFile, writeFile } from 'node:fs/promises';
import { toOpenApi } from '../shared/contract/openapi.ts';

/** Writes `docs/openapi.json` from the schemas; with `--check`, fails when it isn't what they say. */
const file = 'docs/openapi.json';
const generated = `${JSON.stringify(toOpenApi(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(file, generated);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== generated) {
  console.error(`${file} is out of date: run npm run docs`);
  process.exitCode = 1;
}
