import { openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The one version whose imports have been looked at, one by one. */
export const pyodideVersion = '314.0.7';

/** Files of an image, all in one folder. */
export const imageFiles = {
  module: 'pyodide.asm.wasm',
  standardLibrary: 'python-stdlib.zip',
  image: 'python-image.bin',
} as const;

/**
 * What a booted interpreter is besides its memory: addresses in it, of the functions in `prelude/entry.py` among
 * others, and numbers that prove that a module is the one that the memory was taken from.
 */
const manifestSchema = z.strictObject({
  pyodideVersion: z.literal(pyodideVersion),
  stackPointer: z.int(),
  trampolineIndex: z.int(),
  memoryBytes: z.int(),
  prepare: z.int(),
  report: z.int(),
  finish: z.int(),
  mainNamespace: z.int(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The image is one file, so that its parts can't be of two builds: the manifest as JSON, then the memory. */
const headerBytes = 4096;

export interface Image {
  manifest: Manifest;
  /** Fills `target` from its start with the memory; returns the bytes written. The rest of a memory is zeros. */
  loadMemory(target: Uint8Array): number;
}

/** Opens the image in `directory`. Its memory stays on disk, in the page cache that all sandboxes share. */
export function openImage(directory: string): Image {
  const fd = openSync(join(directory, imageFiles.image), 'r');
  const header = Buffer.alloc(headerBytes);
  readSync(fd, header, 0, headerBytes, 0);
  return {
    manifest: manifestSchema.parse(JSON.parse(header.toString())),
    loadMemory: (target) => readSync(fd, target, 0, target.length, headerBytes),
  };
}

/** The bytes of an image file. */
export function encodeImage(manifest: Manifest, memory: Uint8Array): Buffer {
  const header = JSON.stringify(manifest).padEnd(headerBytes);
  return Buffer.concat([Buffer.from(header), withoutTail(memory)]);
}

function withoutTail(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}
