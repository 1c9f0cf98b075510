import { writeFileSync } from 'node:fs';
import { buildImage } from '../interpreter/python/build-image.ts';

/** Entry of the build step, in a process of its own: `<folder of the module> <prelude as JSON> <output file>`. */
const [, , directory, prelude, output] = process.argv;
if (directory === undefined || prelude === undefined || output === undefined) throw new Error('3 arguments');
writeFileSync(output, buildImage({ directory, prelude: JSON.parse(prelude) }));
