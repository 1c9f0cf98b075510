import { errnoError } from '../files/errors.ts';
import * as tree from '../files/file-tree.ts';
import type { FolderNode, TreeNode } from '../files/node.ts';
import { host } from '../host.ts';
import { existsSync, unlinkSync } from './fs-entries.ts';
import { type Given, optionsOf, type PathLike, pathText } from './fs-paths.ts';
import { Dirent } from './fs-stats.ts';
import { join } from './path.ts';

export function mkdirSync(path: PathLike, given?: Given | number): string | undefined {
  const text = pathText(path);
  const isRecursive = typeof given === 'object' && given !== null && given.recursive === true;
  return tree.operate('mkdir', text, () => {
    if (!isRecursive) {
      const place = tree.find(text);
      if (place.node !== undefined) tree.refuse('EEXIST');
      tree.makeFolder(place);
      return undefined;
    }
    return makeAll(text);
  });
}

function makeAll(path: string): string | undefined {
  const names = path.split('/');
  let first: string | undefined;
  for (let count = 1; count <= names.length; count++) {
    const part = names.slice(0, count).join('/') || '/';
    const place = tree.find(part);
    if (place.node === undefined) {
      tree.makeFolder(place);
      first ??= part;
    } else if (place.node.kind !== 'folder') tree.refuse('EEXIST');
  }
  return first;
}

export function mkdtempSync(prefix: string): string {
  const random = Array.from(new Uint8Array(host.randomBytes(), 0, 6), (byte) =>
    (byte % 36).toString(36),
  ).join('');
  mkdirSync(prefix + random);
  return prefix + random;
}

export function readdirSync(path: PathLike, given?: Given): unknown[] {
  const { withFileTypes = false, recursive = false } = optionsOf(given);
  const text = pathText(path);
  const folder = tree.operate('scandir', text, () => tree.folderNodeAt(text));
  const found = list(folder, text, '', recursive);
  return found.map(({ name, parent, node }) =>
    withFileTypes ? new Dirent(node, name.split('/').at(-1) ?? '', parent) : name,
  );
}

function list(
  folder: FolderNode,
  path: string,
  prefix: string,
  isDeep: boolean,
): { name: string; parent: string; node: TreeNode }[] {
  const names = [...folder.entries.keys()].sort();
  return names.flatMap((name) => {
    const node = folder.entries.get(name);
    if (node === undefined) return [];
    const here = { name: prefix + name, parent: path, node };
    return isDeep && node.kind === 'folder'
      ? [here, ...list(node, join(path, name), `${prefix}${name}/`, true)]
      : [here];
  });
}

export function rmdirSync(path: PathLike): void {
  const text = pathText(path);
  tree.operate('rmdir', text, () => {
    const folder = tree.folderNodeAt(text);
    if (folder.entries.size > 0) tree.refuse('ENOTEMPTY');
    removeFolder(folder, text);
  });
}

function removeFolder(folder: FolderNode, path: string): void {
  if (folder.parent === null || tree.pathOf(folder) === tree.workingFolder()) tree.refuse('EACCES');
  const name = tree.pathOf(folder).split('/').at(-1) ?? path;
  tree.remove({ folder: folder.parent, name, node: folder });
}

export function rmSync(path: PathLike, given?: Given): void {
  const { recursive = false, force = false } = optionsOf(given);
  const text = pathText(path);
  if (force && !existsSync(text)) return;
  const node = tree.operate('rm', text, () => tree.nodeAt(text, false));
  if (node.kind !== 'folder') unlinkSync(text);
  else if (!recursive) throw errnoError('EISDIR', 'rm', text);
  else tree.operate('rm', text, () => removeFolder(node, text));
}
