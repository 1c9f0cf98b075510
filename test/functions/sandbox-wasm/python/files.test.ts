import { beforeEach, describe, expect, it } from '@jest/globals';
import { createDescriptors } from '../../../../functions/sandbox-wasm/interpreter/python/files/descriptors.ts';
import {
  createDiskSpace,
  type DiskSpace,
} from '../../../../functions/sandbox-wasm/interpreter/python/files/disk-space.ts';
import {
  readFile,
  resizeFile,
  writeFile,
} from '../../../../functions/sandbox-wasm/interpreter/python/files/file-content.ts';
import {
  createFileTree,
  type FileTree,
} from '../../../../functions/sandbox-wasm/interpreter/python/files/file-tree.ts';
import type {
  FileNode,
  FolderNode,
} from '../../../../functions/sandbox-wasm/interpreter/python/files/node.ts';
import { createPipe } from '../../../../functions/sandbox-wasm/interpreter/python/files/pipe.ts';

let space: DiskSpace;
let tree: FileTree;
let home: FolderNode;

beforeEach(() => {
  space = createDiskSpace(65_536);
  tree = createFileTree(space, () => 0);
  home = tree.addFolder('/home/user');
  tree.addReadOnlyFile('/lib/library', Buffer.from('library'));
});

const make = (path: string): FileNode => tree.makeFile(tree.find(home, path, false), 0o644);
const read = (file: FileNode) => {
  const target = Buffer.alloc(file.size + 10);
  return target.toString('latin1', 0, readFile(file, 0, target));
};

describe('paths', () => {
  it.each([
    ['/', '/'],
    ['.', '/home/user'],
    ['..', '/home'],
    ['../../../../..', '/'],
    ['//home///user/.', '/home/user'],
  ])('leads %j to %j', (path, expected) => {
    const { node } = tree.find(home, path, true);

    expect(node?.kind === 'folder' && tree.pathOf(node)).toBe(expected);
  });

  it('does not follow prototypes for names', () => {
    expect(tree.find(home, '__proto__', true).node).toBeNull();
    expect(tree.find(home, 'constructor', true).node).toBeNull();
  });

  it('follows links, and ends in loops', () => {
    make('file');
    tree.makeLink(tree.find(home, 'l', false), '../user/file');
    tree.makeLink(tree.find(home, 'a', false), 'b');
    tree.makeLink(tree.find(home, 'b', false), 'a');

    expect(tree.find(home, 'l', true).node?.kind).toBe('file');
    expect(tree.find(home, 'l', false).node?.kind).toBe('link');
    expect(() => tree.find(home, 'a', true)).toThrow('ELOOP');
    expect(() => tree.find(home, 'file/x', true)).toThrow('ENOTDIR');
    expect(() => tree.find(home, 'none/x', true)).toThrow('ENOENT');
  });

  it('keeps the interpreter as it is', () => {
    expect(() => tree.unlink(tree.find(home, '/lib/library', false))).toThrow('EROFS');
    expect(() => make('/lib/new')).toThrow('EROFS');
    expect(() => make('/new')).toThrow('EROFS');
  });
});

describe('disk space', () => {
  it('counts blocks, and a block for every name', () => {
    const file = make('file');
    writeFile(file, 0, Buffer.alloc(5000), space);

    expect(space.usedBytes()).toBe(4096 + 8192);
  });

  it('gives back what is removed, once it is closed', () => {
    const descriptors = createDescriptors(tree);
    const file = make('file');
    const fd = descriptors.open(file, { canRead: true, canWrite: true, flags: 2 });
    writeFile(file, 0, Buffer.alloc(5000), space);

    tree.unlink(tree.find(home, 'file', false));
    const whileOpen = space.usedBytes();
    descriptors.close(fd);

    expect(whileOpen).toBe(4096 + 8192);
    expect(space.usedBytes()).toBe(0);
  });

  it('counts holes', () => {
    expect(() => resizeFile(make('file'), 10 ** 9, space)).toThrow('ENOSPC');
    expect(space.usedBytes()).toBe(4096);
  });

  it('changes nothing when a write does not fit', () => {
    const file = make('file');
    writeFile(file, 0, Buffer.from('kept'), space);

    expect(() => writeFile(file, 2, Buffer.alloc(100_000), space)).toThrow('ENOSPC');

    expect(read(file)).toBe('kept');
  });

  it('zeroes what was cut off before it can be read again', () => {
    const file = make('file');
    writeFile(file, 0, Buffer.from('secret'), space);

    resizeFile(file, 1, space);
    resizeFile(file, 6, space);

    expect(read(file)).toBe('s\0\0\0\0\0');
  });
});

describe('a pipe', () => {
  it('gives what was put in, then its end', () => {
    const pipe = createPipe();
    pipe.open?.('read');
    pipe.open?.('write');
    const target = Buffer.alloc(4);

    expect(pipe.write(Buffer.from('abcdef'))).toBe(6);
    expect([pipe.read(target), target.toString()]).toEqual([4, 'abcd']);
    expect(pipe.read(target)).toBe(2);
    expect(() => pipe.read(target)).toThrow('EAGAIN');
    pipe.close?.('write');
    expect(pipe.read(target)).toBe(0);
  });

  it('holds 64 KiB and wraps around', () => {
    const pipe = createPipe();
    pipe.open?.('read');
    const target = Buffer.alloc(60_000);

    expect(pipe.write(Buffer.alloc(100_000, 'a'))).toBe(65_536);
    expect(() => pipe.write(Buffer.from('x'))).toThrow('EAGAIN');
    expect(pipe.read(target)).toBe(60_000);
    expect(pipe.write(Buffer.alloc(50_000, 'b'))).toBe(50_000);
    expect(pipe.read(target)).toBe(55_536);
    expect(target.toString('latin1', 5535, 5537)).toBe('ab');
  });

  it('is broken without a reader', () => {
    expect(() => createPipe().write(Buffer.from('x'))).toThrow('EPIPE');
  });
});

describe('descriptors', () => {
  it('share a position when duplicated, and close one by one', () => {
    const descriptors = createDescriptors(tree);
    const file = make('file');
    const fd = descriptors.open(file, { canRead: true, canWrite: true, flags: 2 });

    const copy = descriptors.duplicate(fd, 10);
    descriptors.get(fd).position = 7;
    descriptors.close(fd);

    expect([copy, descriptors.get(copy).position, descriptors.has(fd)]).toEqual([10, 7, false]);
    expect(() => descriptors.get(fd)).toThrow('EBADF');
    expect(() => descriptors.get(-1)).toThrow('EBADF');
  });

  it('are bounded', () => {
    const descriptors = createDescriptors(tree);
    const file = make('file');
    const open = () => descriptors.open(file, { canRead: true, canWrite: false, flags: 0 });
    for (let count = 0; count < 256; count += 1) open();

    expect(open).toThrow('EMFILE');
    expect(() => descriptors.duplicateTo(0, 256)).toThrow('EBADF');
  });
});
