import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import {
  type Example,
  type Expected,
  examplesFolder,
  loadExamples,
  plainSuccess,
} from './examples/load-examples.ts';
import { runNatively } from './examples/run-natively.ts';

/**
 * Rewrites `expected.txt` and `expected.json` of the examples from a run by the native interpreter. Runs each
 * twice and records nothing for a program whose result depends on the hash seed, the time zone or the clock.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } });

for (const example of await loadExamples(values.only)) {
  const [first, second] = [await runNatively(example, 0), await runNatively(example, 1)];
  if (isDeepStrictEqual(first, second)) {
    await record(example, first);
    console.log(`${example.name}: ${first.outcome}, ${first.stdout.split('\n').length - 1} lines`);
  } else {
    process.exitCode = 1;
    console.error(`${example.name}: not recorded, two runs differ`, first, second);
  }
}

async function record({ name }: Example, { stdout, ...end }: Expected): Promise<void> {
  const folder = path.join(examplesFolder, name);
  await writeFile(path.join(folder, 'expected.txt'), stdout);
  const endFile = path.join(folder, 'expected.json');
  if (isDeepStrictEqual(end, plainSuccess)) await rm(endFile, { force: true });
  else await writeFile(endFile, `${JSON.stringify(end, null, 2)}\n`);
}
