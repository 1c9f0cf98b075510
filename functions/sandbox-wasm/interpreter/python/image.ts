import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The one version whose imports have been looked at, one by one. */
export const pyodideVersion = '314.0.7';

/** Files of an image, all in one folder. */
export const imageFiles = {
  module: 'pyodide.asm.wasm',
  standardLibrary: 'python-stdlib.zip',
  memory: 'python-memory.bin',
  manifest: 'python-image.json',
} as const;

/**
 * What a booted interpreter is besides its memory. Addresses point into that memory.
 * `functionCount` and `initialBytes` prove that the module is the one that the memory was taken from.
 */
const manifestSchema = z.strictObject({
  pyodideVersion: z.literal(pyodideVersion),
  stackPointer: z.int(),
  trampolineIndex: z.int(),
  memoryBytes: z.int(),
  prepare: z.int(),
  finish: z.int(),
  mainNamespace: z.int(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads and checks the manifest of the image in `directory`. */
export function readManifest(directory: string): Manifest {
  const text = readFileSync(join(directory, imageFiles.manifest), 'utf8');
  return manifestSchema.parse(JSON.parse(text));
}
