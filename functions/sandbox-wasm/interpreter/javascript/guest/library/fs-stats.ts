import type { TreeNode } from '../files/node.ts';

const typeBits: Record<TreeNode['kind'], number> = {
  file: 0o100000,
  folder: 0o040000,
  link: 0o120000,
  device: 0o020000,
};
const blockBytes = 512;

class Kind {
  readonly #kind: TreeNode['kind'];

  constructor(node: TreeNode) {
    this.#kind = node.kind;
  }

  isFile(): boolean {
    return this.#kind === 'file';
  }

  isDirectory(): boolean {
    return this.#kind === 'folder';
  }

  isSymbolicLink(): boolean {
    return this.#kind === 'link';
  }

  isCharacterDevice(): boolean {
    return this.#kind === 'device';
  }

  isBlockDevice(): boolean {
    return false;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}

/** What `fs.stat` tells of a file. */
export class Stats extends Kind {
  constructor(node: TreeNode) {
    super(node);
    const size = node.kind === 'file' ? node.content.size : node.kind === 'link' ? node.target.length : 0;
    const { modifiedMs, changedMs, createdMs } = node;
    Object.assign(this, {
      dev: 1,
      mode: typeBits[node.kind] | node.mode,
      nlink: 1,
      uid: 1000,
      gid: 1000,
      rdev: 0,
      blksize: 4096,
      ino: node.inode,
      size,
      blocks: Math.ceil(size / blockBytes),
      atimeMs: modifiedMs,
      mtimeMs: modifiedMs,
      ctimeMs: changedMs,
      birthtimeMs: createdMs,
      atime: new Date(modifiedMs),
      mtime: new Date(modifiedMs),
      ctime: new Date(changedMs),
      birthtime: new Date(createdMs),
    });
  }
}

/** An entry of a folder, as `readdir` with `withFileTypes` lists it. */
export class Dirent extends Kind {
  readonly name: string;
  readonly parentPath: string;

  constructor(node: TreeNode, name: string, parentPath: string) {
    super(node);
    this.name = name;
    this.parentPath = parentPath;
  }
}
