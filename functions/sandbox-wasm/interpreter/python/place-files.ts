import type { Program } from '../../../../shared/domain/program.ts';
import { writeFile } from './files/file-content.ts';
import type { FolderNode } from './files/node.ts';
import { ErrnoError } from './kernel/errno.ts';
import type { Kernel } from './kernel/kernel.ts';

/** The source's own name: what tracebacks and `__file__` show. */
const mainFile = 'main.py';

/**
 * Puts the program and its files into its working folder, as the program itself could. Throws an ErrnoError:
 * ENOSPC when they don't fit on its disk, EINVAL for a path that leads out of the folder.
 */
export function placeFiles(kernel: Kernel, program: Program): void {
  for (const { path, content, encoding } of program.files) {
    placeFile(kernel, path, Buffer.from(content, encoding));
  }
  placeFile(kernel, mainFile, Buffer.from(program.source));
}

function placeFile(kernel: Kernel, path: string, bytes: Uint8Array): void {
  const names = path.split('/');
  const isUnsafe = names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0'));
  if (isUnsafe) throw new ErrnoError('EINVAL');
  let folder = kernel.workingFolder;
  for (const name of names.slice(0, -1)) folder = enter(kernel, folder, name);
  const { tree } = kernel;
  const place = tree.find(folder, names.at(-1) ?? '', false);
  const node = place.node ?? tree.makeFile(place, 0o644);
  if (node.kind !== 'file') throw new ErrnoError('EISDIR');
  node.size = 0;
  writeFile(node, 0, bytes, tree.space);
}

function enter({ tree }: Kernel, from: FolderNode, name: string): FolderNode {
  const place = tree.find(from, name, false);
  const node = place.node ?? tree.makeFolder(place, 0o755);
  if (node.kind !== 'folder') throw new ErrnoError('ENOTDIR');
  return node;
}
