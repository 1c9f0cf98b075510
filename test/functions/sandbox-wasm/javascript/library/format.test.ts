import { isDeepStrictEqual as nodeEqual, format as nodeFormat } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  format,
  isDeepStrictEqual,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/inspect.ts';

class Plain {
  a = { b: 1 };
}
class Speaking {
  toString() {
    return 'I speak';
  }
}
class Child extends Speaking {}

const circular: Record<string, unknown> = {};
circular.me = circular;

const formatCases: unknown[][] = [
  [],
  [''],
  ['a'],
  ['100%'],
  ['100%%'],
  ['100%%', 1],
  ['%'],
  ['%', 1],
  ['%x', 1],
  ['a', 'b'],
  ['a', 1, null, undefined, true],
  [1, 'a', "it's"],
  [{ a: 1 }, [1, 2]],
  ['%s', 'x'],
  ['%s'],
  ['%s %s', 'x'],
  ['%s', 'x', 'y', { z: 1 }],
  ['%s', 1, 2],
  ['%s', -0],
  ['%s', 12n],
  ['%s', Symbol('q')],
  ['%s', null],
  ['%s', undefined],
  ['%s', true],
  ['%s', { a: { b: { c: 1 } } }],
  ['%s', [1, [2, [3]]]],
  ['%s', () => 1],
  ['%s', class A {}],
  ['%s', new Plain()],
  ['%s', new Speaking()],
  ['%s', new Child()],
  ['%s', new Date(0)],
  ['%s', /x/g],
  ['%s', new Map([[1, { a: 1 }]])],
  ['%s', Object.create(null)],
  ['%s', { toString: () => 'own' }],
  ['%s', { [Symbol.toPrimitive]: () => 'prim' }],
  ['%d', 42],
  ['%d', '42'],
  ['%d', 'x'],
  ['%d', 5n],
  ['%d', Symbol('x')],
  ['%d', -0],
  ['%d', 1.5],
  ['%d', null],
  ['%d', {}],
  ['%i', 42.9],
  ['%i', '42.9px'],
  ['%i', 5n],
  ['%i', {}],
  ['%i', Symbol('x')],
  ['%f', '1.50'],
  ['%f', 'x'],
  ['%f', Symbol('x')],
  ['%f', 3],
  ['%j', { a: [1] }],
  ['%j', circular],
  ['%j', undefined],
  ['%j', 'text'],
  ['%o', { f() {}, a: [1, 2] }],
  ['%o', [1, { b: 2 }]],
  ['%O', { a: { b: { c: { d: 1 } } } }],
  ['%O and %O', [1], 2],
  ['%c styled', 'color: red'],
  ['%c%s', 'css', 'x'],
  ['%%%s%%', 'x'],
  ['%s%%%d', 'a', 1],
  ['a %s b %d c %j d', 'x', 1, {}, 'rest', [1]],
  [Symbol('a'), 'b'],
  ['multi\nline', 'x\ny'],
  [["it's\n"], 'a\nb'],
  [-0, [-0], 0],
  [new Plain(), 'x'],
];

describe('format writes what console.log of node writes', () => {
  it.each(formatCases.map((args, index) => [index, args] as const))('case %i', (_index, args) => {
    expect(format(...args)).toBe(nodeFormat(...args));
  });
});

const cycle = () => {
  const value: Record<string, unknown> = { a: 1 };
  value.self = value;
  return value;
};

const pairs: [string, unknown, unknown][] = [
  ['zeros', 0, -0],
  ['NaN', Number.NaN, Number.NaN],
  ['types', 1, '1'],
  ['null and undefined', null, undefined],
  ['objects', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
  ['key order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['missing key', { a: undefined }, { b: undefined }],
  ['more keys', { a: 1 }, { a: 1, b: 1 }],
  ['array and object', [], {}],
  ['holes', new Array(1), [undefined]],
  ['lengths', [1], [1, 2]],
  ['prototypes', new Plain(), { a: { b: 1 } }],
  ['same class', new Plain(), new Plain()],
  ['dates', new Date(1), new Date(1)],
  ['other dates', new Date(1), new Date(2)],
  ['regexps', /a/g, /a/g],
  ['other flags', /a/g, /a/i],
  ['errors', new Error('a'), new Error('a')],
  ['other errors', new Error('a'), new Error('b')],
  ['other causes', new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
  ['sets', new Set([1, 2]), new Set([2, 1])],
  ['sets of objects', new Set([{ a: 1 }, { b: 1 }]), new Set([{ b: 1 }, { a: 1 }])],
  ['other sets', new Set([{ a: 1 }]), new Set([{ a: 2 }])],
  ['maps', new Map([['a', { x: 1 }]]), new Map([['a', { x: 1 }]])],
  ['maps of object keys', new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  ['other maps', new Map([['a', 1]]), new Map([['a', 2]])],
  ['map and set', new Map(), new Set()],
  ['typed arrays', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['other typed arrays', new Uint8Array([1, 2]), new Int8Array([1, 2])],
  ['buffers', new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
  ['boxed', new Number(1), new Number(1)],
  ['other boxed', new String('a'), new String('b')],
  ['functions', () => 1, () => 1],
  ['symbol keys', { [Symbol.iterator]: 1 }, { [Symbol.iterator]: 2 }],
  ['cycles', cycle(), cycle()],
  ['null prototypes', Object.create(null), {}],
];

describe('isDeepStrictEqual agrees with node', () => {
  it.each(pairs)('%s', (_name, a, b) => {
    expect(isDeepStrictEqual(a, b)).toBe(nodeEqual(a, b));
  });
});
