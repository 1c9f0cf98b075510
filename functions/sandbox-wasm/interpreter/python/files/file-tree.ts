import { ErrnoError } from '../kernel/errno.ts';
import type { DiskSpace } from './disk-space.ts';
import { blocksOf } from './file-content.ts';
import {
  type Device,
  type DeviceNode,
  type FileNode,
  type FolderNode,
  type LinkNode,
  type Node,
  nodeBytes,
} from './node.ts';

const maxLinksFollowed = 40;
const maxNameBytes = 255;
/** Less than Linux allows, so that links full of text can't fill the JavaScript heap. */
const maxTargetBytes = 1024;

/** Where a path leads: the folder, the name in it and what is there, if anything. */
export interface Place {
  folder: FolderNode;
  name: string;
  node: Node | null;
}

/**
 * The only file system that a program sees: plain objects in memory. No node stands for a file of the host, so
 * no path, link or mount can lead to one.
 */
export interface FileTree {
  readonly root: FolderNode;
  readonly space: DiskSpace;
  /** Resolves `path` from `from`. With `follow` a link at the end is followed too. */
  find(from: FolderNode, path: string, follow: boolean): Place;
  makeFile(place: Place, mode: number): FileNode;
  makeFolder(place: Place, mode: number): FolderNode;
  makeLink(place: Place, target: string): LinkNode;
  addDevice(path: string, device: Device): DeviceNode;
  /** Takes the name away; the node lives on while it is open. */
  unlink(place: Place): void;
  move(from: Place, to: Place): void;
  /** Gives the node's space back once it has neither a name nor an open descriptor. */
  releaseIfUnused(node: Node): void;
  /** A file whose bytes belong to the interpreter: not counted, not changeable. */
  addReadOnlyFile(path: string, bytes: Uint8Array): void;
  /** A folder that the program may write to. */
  addFolder(path: string): FolderNode;
  pathOf(folder: FolderNode): string;
}

export function createFileTree(space: DiskSpace, now: () => number): FileTree {
  let lastInode = 1;
  const root = newFolder(null, 0o755, true);

  function newBase(mode: number, isReadOnly: boolean) {
    const at = now();
    lastInode += 1;
    return {
      inode: lastInode,
      mode: mode & 0o7777,
      links: 1,
      opens: 0,
      accessedMs: at,
      modifiedMs: at,
      changedMs: at,
      isReadOnly,
    };
  }

  function newFolder(parent: FolderNode | null, mode: number, isReadOnly: boolean): FolderNode {
    const folder: Omit<FolderNode, 'parent'> = {
      ...newBase(mode, isReadOnly),
      kind: 'folder',
      entries: new Map(),
    };
    return Object.assign(folder, { parent: parent ?? (folder as FolderNode) });
  }

  function put<T extends Node>(place: Place, node: T): T {
    if (place.node !== null) throw new ErrnoError('EEXIST');
    assertWritable(place.folder);
    if (Buffer.byteLength(place.name) > maxNameBytes) throw new ErrnoError('ENAMETOOLONG');
    space.take(nodeBytes);
    place.folder.entries.set(place.name, node);
    touch(place.folder);
    return node;
  }

  function touch(folder: FolderNode): void {
    folder.modifiedMs = now();
    folder.changedMs = folder.modifiedMs;
  }

  function find(from: FolderNode, path: string, follow: boolean): Place {
    let followed = 0;
    let folder = path.startsWith('/') ? root : from;
    const names = splitPath(path);
    let place: Place = { folder: folder.parent, name: '.', node: folder };
    while (names.length > 0) {
      const name = names.shift() ?? '';
      place = step(folder, name);
      const isLast = names.length === 0;
      if (place.node?.kind === 'link' && (!isLast || follow)) {
        followed += 1;
        if (followed > maxLinksFollowed) throw new ErrnoError('ELOOP');
        const { target } = place.node;
        if (target.startsWith('/')) folder = root;
        names.unshift(...splitPath(target));
        place = { folder: folder.parent, name: '.', node: folder };
        continue;
      }
      if (isLast) break;
      if (place.node === null) throw new ErrnoError('ENOENT');
      if (place.node.kind !== 'folder') throw new ErrnoError('ENOTDIR');
      folder = place.node;
    }
    if (path.endsWith('/') && place.node !== null && place.node.kind !== 'folder')
      throw new ErrnoError('ENOTDIR');
    return place;
  }

  function ensureFolder(path: string): FolderNode {
    let folder = root;
    for (const name of splitPath(path)) {
      const place = step(folder, name);
      if (place.node === null) {
        const made = newFolder(folder, 0o755, true);
        folder.entries.set(name, made);
        folder = made;
      } else if (place.node.kind === 'folder') {
        folder = place.node;
      }
    }
    return folder;
  }

  return {
    root,
    space,
    find,
    makeFile: (place, mode) =>
      put(place, { ...newBase(mode, false), kind: 'file', bytes: new Uint8Array(0), size: 0 }),
    makeFolder: (place, mode) => put(place, newFolder(place.folder, mode, false)),
    makeLink(place, target) {
      if (Buffer.byteLength(target) > maxTargetBytes) throw new ErrnoError('ENAMETOOLONG');
      return put(place, { ...newBase(0o777, false), kind: 'link', target });
    },
    addDevice(path, device) {
      const [name, folder] = splitLast(path);
      const node: DeviceNode = { ...newBase(0o666, true), kind: 'device', device };
      ensureFolder(folder).entries.set(name, node);
      return node;
    },
    addReadOnlyFile(path, bytes) {
      const [name, folder] = splitLast(path);
      const node: FileNode = { ...newBase(0o444, true), kind: 'file', bytes, size: bytes.length };
      ensureFolder(folder).entries.set(name, node);
    },
    addFolder(path) {
      const [name, parent] = splitLast(path);
      const folder = newFolder(ensureFolder(parent), 0o755, false);
      folder.parent.entries.set(name, folder);
      return folder;
    },
    unlink(place) {
      const { folder, name, node } = place;
      if (node === null) throw new ErrnoError('ENOENT');
      assertWritable(folder);
      assertWritable(node);
      folder.entries.delete(name);
      node.links -= 1;
      touch(folder);
      this.releaseIfUnused(node);
    },
    move(from, to) {
      const { node } = from;
      if (node === null) throw new ErrnoError('ENOENT');
      assertWritable(node);
      assertWritable(from.folder);
      assertWritable(to.folder);
      if (Buffer.byteLength(to.name) > maxNameBytes) throw new ErrnoError('ENAMETOOLONG');
      from.folder.entries.delete(from.name);
      to.folder.entries.set(to.name, node);
      if (node.kind === 'folder') node.parent = to.folder;
      touch(from.folder);
      touch(to.folder);
    },
    releaseIfUnused(node) {
      if (node.isReadOnly || node.links > 0 || node.opens > 0) return;
      const contentBytes = node.kind === 'file' ? blocksOf(node.size) : 0;
      space.take(-(nodeBytes + contentBytes));
    },
    pathOf(folder) {
      const names: string[] = [];
      for (let at = folder; at !== root; at = at.parent) {
        const entry = [...at.parent.entries].find(([, node]) => node === at);
        if (entry === undefined) throw new ErrnoError('ENOENT');
        names.unshift(entry[0]);
      }
      return `/${names.join('/')}`;
    },
  };
}

/** EROFS for what belongs to the interpreter. */
export function assertWritable(node: Node): void {
  if (node.isReadOnly) throw new ErrnoError('EROFS');
}

function step(folder: FolderNode, name: string): Place {
  if (name === '.') return { folder: folder.parent, name, node: folder };
  if (name === '..') return { folder: folder.parent.parent, name, node: folder.parent };
  return { folder, name, node: folder.entries.get(name) ?? null };
}

function splitPath(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function splitLast(path: string): [name: string, folder: string] {
  const cut = path.lastIndexOf('/');
  return [path.slice(cut + 1), path.slice(0, cut)];
}
