import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { formatTable } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/console-table.ts';

function nodeTable(data: unknown, columns?: string[]): string {
  const written: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  new Console(sink).table(data, columns);
  return written.join('').replace(/\n$/, '');
}

const cases: [string, unknown, string[]?][] = [
  [
    'objects',
    [
      { a: 1, b: 'x' },
      { a: 2, c: true },
    ],
  ],
  [
    'chosen columns',
    [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
    ['b'],
  ],
  ['missing columns', [{ a: 1 }], ['a', 'z']],
  [
    'arrays',
    [
      [1, 2],
      [3, 4, 5],
    ],
  ],
  ['primitives', ['a', 1, null, undefined]],
  ['mixed', [1, { a: 1 }, 'x', [2]]],
  ['object of objects', { x: { n: 1 }, y: { n: 2 } }],
  ['object', { a: 1, b: 'two' }],
  [
    'map',
    new Map<unknown, unknown>([
      ['a', 1],
      [{ k: 1 }, [2]],
    ]),
  ],
  ['set', new Set([1, 'b', { c: 1 }])],
  ['empty', []],
  ['text', 'text'],
  ['null', null],
  ['nested', [{ a: { b: 1 }, c: [1, 2, 3, 4, 5], d: { e: 1, f: 2, g: 3 } }]],
  ['wide', [{ name: '日本', icon: '😀' }]],
  ['number keys', [{ 10: 'a', 2: 'b', z: 'c' }]],
  ['date', [{ at: new Date(0), f: () => 1, s: Symbol('s') }]],
];

describe('formatTable draws what console.table draws', () => {
  it.each(cases.map(([name, data, columns]) => [name, data, columns] as const))(
    '%s',
    (_name, data, columns) => {
      expect(formatTable(data, columns)).toBe(nodeTable(data, columns));
    },
  );
});
