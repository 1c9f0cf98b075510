import { buildImage } from '../interpreter/python/build-image.ts';

/** Entry of the build step, in a process of its own: `build-image.mjs <output folder> <prelude as JSON>`. */
const [, , directory, prelude] = process.argv;
if (directory === undefined || prelude === undefined)
  throw new Error('usage: build-image <folder> <prelude>');
buildImage({ directory, prelude: JSON.parse(prelude) });
