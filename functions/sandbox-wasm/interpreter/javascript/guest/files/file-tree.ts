import { blocksOf, entryBytes, takeSpace } from './disk-space.ts';
import { type ErrnoCode, errnoError } from './errors.ts';
import { FileContent } from './file-content.ts';
import type { DeviceNode, FileNode, FolderNode, TreeNode } from './node.ts';

/** Where the program starts, and where its files are. */
export const homeFolder = '/home/user';
const maxLinksFollowed = 40;
const maxNameLength = 255;

/** A place in a folder, taken or free. */
export interface Place {
  folder: FolderNode;
  name: string;
  node: TreeNode | undefined;
}

let inodes = 1;
let current = homeFolder;

function metadata(mode: number) {
  const now = Date.now();
  return { inode: inodes++, mode, modifiedMs: now, changedMs: now, createdMs: now };
}

function newFolder(parent: FolderNode | null, mode = 0o755): FolderNode {
  return { kind: 'folder', ...metadata(mode), parent, entries: new Map() };
}

const root = newFolder(null);

export function workingFolder(): string {
  return current;
}

/** The caller says which operation and path an error is about. */
class Refusal extends Error {
  readonly errno: ErrnoCode;

  constructor(errno: ErrnoCode) {
    super(errno);
    this.errno = errno;
  }
}

export function refuse(code: ErrnoCode): never {
  throw new Refusal(code);
}

/** Runs one operation on the tree; what it refuses becomes the error that Node throws. */
export function operate<T>(
  syscall: string,
  path: string | undefined,
  operation: () => T,
  target?: string,
): T {
  try {
    return operation();
  } catch (error) {
    throw error instanceof Refusal ? errnoError(error.errno, syscall, path, target) : error;
  }
}

export function changeFolder(path: string): void {
  const { node } = find(path);
  if (node === undefined) refuse('ENOENT');
  if (node.kind !== 'folder') refuse('ENOTDIR');
  current = pathOf(node);
}

/** Finds a place, following links on the way, and at its end too unless told not to. */
export function find(path: string, followsLast = true): Place {
  let links = 0;
  return walk(path.startsWith('/') ? root : folderAt(current), path);

  function walk(start: FolderNode, rest: string): Place {
    if (rest === '') refuse('ENOENT');
    const names = rest.split('/').filter((name) => name !== '' && name !== '.');
    let place: Place = { folder: start, name: '.', node: start };
    for (const [index, name] of names.entries()) {
      const folder = place.node;
      if (folder === undefined) refuse('ENOENT');
      if (folder.kind !== 'folder') refuse('ENOTDIR');
      if (name.length > maxNameLength) refuse('ENAMETOOLONG');
      const isLast = index === names.length - 1;
      place = name === '..' ? above(folder) : { folder, name, node: folder.entries.get(name) };
      if (place.node?.kind === 'link' && (!isLast || followsLast)) {
        links++;
        if (links > maxLinksFollowed) refuse('ELOOP');
        const { target } = place.node;
        place = walk(target.startsWith('/') ? root : folder, target);
      }
    }
    return rest.endsWith('/') && place.node !== undefined && place.node.kind !== 'folder'
      ? refuse('ENOTDIR')
      : place;
  }
}

function above(folder: FolderNode): Place {
  const parent = folder.parent ?? root;
  return { folder: parent, name: '.', node: parent };
}

function folderAt(path: string): FolderNode {
  let folder = root;
  for (const name of path.split('/').filter((part) => part !== '')) {
    const node = folder.entries.get(name);
    if (node?.kind !== 'folder') refuse('ENOENT');
    folder = node;
  }
  return folder;
}

/** What is there; ENOENT if nothing. */
export function nodeAt(path: string, followsLast = true): TreeNode {
  return find(path, followsLast).node ?? refuse('ENOENT');
}

export function folderNodeAt(path: string): FolderNode {
  const node = nodeAt(path);
  return node.kind === 'folder' ? node : refuse('ENOTDIR');
}

function attach<T extends TreeNode>({ folder, name }: Place, node: T): T {
  if (!takeSpace(entryBytes)) refuse('ENOSPC');
  folder.entries.set(name, node);
  folder.modifiedMs = Date.now();
  return node;
}

export function makeFile(place: Place, mode: number): FileNode {
  return attach(place, { kind: 'file', ...metadata(mode), content: FileContent.ofText('') });
}

export function makeFolder(place: Place, mode = 0o755): FolderNode {
  return attach(place, newFolder(place.folder, mode));
}

export function makeLink(place: Place, target: string): void {
  attach(place, { kind: 'link', ...metadata(0o777), target });
}

export function makeDevice(path: string, device: Pick<DeviceNode, 'read' | 'write'>): void {
  const { folder, name } = find(path);
  folder.entries.set(name, { kind: 'device', ...metadata(0o666), ...device });
}

/** Replaces a file's content, if the disk has room for it. */
export function setContent(file: FileNode, content: FileContent): void {
  if (!takeSpace(blocksOf(content.size) - blocksOf(file.content.size))) refuse('ENOSPC');
  file.content = content;
  file.modifiedMs = Date.now();
  file.changedMs = file.modifiedMs;
}

/** Takes an entry out of its folder and gives its space back, with all that is in it. */
export function remove({ folder, name, node }: Place): void {
  if (node === undefined) refuse('ENOENT');
  folder.entries.delete(name);
  folder.modifiedMs = Date.now();
  release(node);
}

function release(node: TreeNode): void {
  takeSpace(-entryBytes);
  if (node.kind === 'file') takeSpace(-blocksOf(node.content.size));
  if (node.kind === 'folder') for (const child of node.entries.values()) release(child);
}

/** Moves an entry to another place, over what is there. */
export function move(from: Place, to: Place): void {
  const { node } = from;
  if (node === undefined) refuse('ENOENT');
  if (to.node === node) return;
  for (let folder: FolderNode | null = to.folder; folder !== null; folder = folder.parent) {
    if (folder === node) refuse('EINVAL');
  }
  if (to.node?.kind === 'folder') {
    if (node.kind !== 'folder') refuse('EISDIR');
    if (to.node.entries.size > 0) refuse('ENOTEMPTY');
  } else if (to.node !== undefined && node.kind === 'folder') refuse('ENOTDIR');
  if (to.node !== undefined) remove(to);
  from.folder.entries.delete(from.name);
  to.folder.entries.set(to.name, node);
  if (node.kind === 'folder') node.parent = to.folder;
}

/** The folder's own path, links resolved. */
export function pathOf(folder: FolderNode): string {
  const names: string[] = [];
  for (let at = folder; at.parent !== null; at = at.parent) {
    const { parent } = at;
    const name = [...parent.entries].find(([, node]) => node === at)?.[0];
    names.unshift(name ?? '');
  }
  return `/${names.join('/')}`;
}
