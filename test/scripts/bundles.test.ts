import { expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundleOptions } from '../../scripts/bundle-functions.ts';
import { environments } from '../../shared/contract/environment.ts';

/** Functions that talk to sandboxes through the E2B SDK, which is larger than most handlers. */
const withE2b = ['run-execution', 'sweep-sandboxes'];

it.each(Object.keys(environments).filter((name) => !withE2b.includes(name)))(
  'the bundle of %s has no E2B SDK in it',
  async (name) => {
    const { metafile } = await build({
      ...bundleOptions,
      entryPoints: [`functions/${name}/handler.ts`],
      outdir: 'build',
      write: false,
      metafile: true,
    });

    expect(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules/e2b/'))).toEqual([]);
  },
);
