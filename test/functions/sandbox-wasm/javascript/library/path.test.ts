import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { workingFolder } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/files/file-tree.ts';
import { path } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/path.ts';

/** What Node would answer in the guest's working folder. */
const node = {
  ...posix,
  resolve: (...parts: string[]) => posix.resolve(workingFolder(), ...parts),
  relative: (from: string, to: string) => posix.relative(node.resolve(from), node.resolve(to)),
};

const PATHS = [
  '',
  '.',
  '..',
  '/',
  '//',
  '///',
  'a',
  '/a',
  'a/',
  '/a/',
  '//a',
  '//a/b',
  'a/b',
  'a//b',
  './a',
  '../a',
  '../../a/b',
  '/../a',
  'a/..',
  'a/../..',
  'a/./b/../c/',
  '/home/me/file.txt',
  'file',
  'file.',
  '.file',
  '.file.js',
  'a.b.c',
  '..file',
  '...',
  'dir.d/file',
  'dir/..x',
  '/a.b/',
  'x/.',
  'x/..',
  './',
  '../',
  'a/b/c/../../d',
];

describe('path agrees with node on every path', () => {
  it.each(PATHS)('%j', (name) => {
    for (const method of [
      'normalize',
      'dirname',
      'basename',
      'extname',
      'isAbsolute',
      'parse',
      'resolve',
    ] as const) {
      expect([method, path[method](name)]).toEqual([method, node[method](name)]);
    }
    expect(path.format(path.parse(name))).toBe(node.format(node.parse(name)));
  });

  it.each([
    ['a/b.js', '.js'],
    ['b.js', 'b.js'],
    ['a/b.js', 'b.js'],
    ['.js', '.js'],
    ['b.js', 'x'],
    ['a.js/', '.js'],
    ['js', ''],
  ])('basename %j without %j', (name, suffix) => {
    expect(path.basename(name, suffix)).toBe(node.basename(name, suffix));
  });

  const segment = fc.constantFrom('a', 'b', '.', '..', '', '/', 'c.d', '/x');

  it('joins and resolves any segments', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (parts) => {
        expect(path.join(...parts)).toBe(node.join(...parts));
        expect(path.resolve(...parts)).toBe(node.resolve(...parts));
      }),
    );
  });

  it('finds the way between any two paths', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), fc.array(segment, { maxLength: 5 }), (a, b) => {
        expect(path.relative(a.join('/'), b.join('/'))).toBe(node.relative(a.join('/'), b.join('/')));
      }),
    );
  });

  it.each([
    {},
    { base: 'a.b' },
    { dir: '/x', base: 'a' },
    { root: '/', name: 'n', ext: 'e' },
    { root: '/', dir: '/', base: 'b' },
    { dir: 'd', name: 'n', ext: '.e' },
    { name: 'n' },
    { ext: '.e' },
  ])('formats %j', (parts) => {
    expect(path.format(parts)).toBe(node.format(parts));
  });

  it('refuses what is no string with the code node uses', () => {
    const bad = 5 as unknown as string;

    expect(() => path.join('a', bad)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    expect(path.posix).toBe(path);
  });
});
