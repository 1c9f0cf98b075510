import { createDescriptors } from '../files/descriptors.ts';
import { createInput, createOutput, nullDevice, randomDevice, zeroDevice } from '../files/devices.ts';
import { createDiskSpace } from '../files/disk-space.ts';
import { createFileTree } from '../files/file-tree.ts';
import type { Kernel } from './kernel.ts';
import type { LinearMemory } from './linear-memory.ts';

/** Where the interpreter finds its standard library; part of the image, so it can't move between builds. */
export const standardLibraryPath = '/lib/python314.zip';
/** The folder that a program starts in and that its files are placed in. */
export const homeFolder = '/home/user';

export interface KernelInput {
  memory: LinearMemory;
  standardLibrary: Uint8Array;
  stdin: Uint8Array;
  diskBytes: number;
  writeStdout: (bytes: Uint8Array) => void;
  writeStderr: (bytes: Uint8Array) => void;
}

/** A fresh world for one run: its files, its descriptors 0 to 2, nothing else. */
export function createKernel(input: KernelInput): Kernel {
  const now = () => performance.timeOrigin + performance.now();
  const tree = createFileTree(createDiskSpace(input.diskBytes), now);
  tree.addReadOnlyFile(standardLibraryPath, input.standardLibrary);
  tree.addFolder('/tmp');
  tree.addDevice('/dev/null', nullDevice);
  tree.addDevice('/dev/zero', zeroDevice);
  tree.addDevice('/dev/random', randomDevice);
  tree.addDevice('/dev/urandom', randomDevice);
  const workingFolder = tree.addFolder(homeFolder);

  const descriptors = createDescriptors(tree);
  const stdin = tree.addDevice('/dev/stdin', createInput(input.stdin));
  const stdout = tree.addDevice('/dev/stdout', createOutput(input.writeStdout));
  const stderr = tree.addDevice('/dev/stderr', createOutput(input.writeStderr));
  descriptors.open(stdin, { canRead: true, canWrite: false, flags: 0 });
  descriptors.open(stdout, { canRead: false, canWrite: true, flags: 1 });
  descriptors.open(stderr, { canRead: false, canWrite: true, flags: 1 });
  return { memory: input.memory, tree, descriptors, workingFolder, now };
}
