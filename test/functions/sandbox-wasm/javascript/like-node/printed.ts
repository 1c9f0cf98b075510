import { likeNode } from './like-node.ts';

export const printedPrograms = [
  likeNode(
    'primitives, collections, functions',
    `console.log('hi', { a: 1, b: [1, 2, 3] }, new Map([['k', { x: 1 }]]), new Set([1, 'a']), null, undefined, 1n,
  Symbol('x'), -0, [, 1], function foo() {}, class A {}, () => {}, new Date(0), /x/g, true, '', [], {}, new Date(NaN));`,
  ),
  likeNode(
    'lines break and numbers stand in columns',
    `console.log(['apple', 'banana', 'cherry', 'dragonfruit', 'elderberry', 'fig', 'grape'],
  Array.from({ length: 30 }, (_, i) => 'item' + i), [1.5, 22.25, 333, 4444, 5, 6, 7, 8], Array.from({ length: 120 }, (_, i) => i));
console.log({ s: 'a'.repeat(90) }, ['x'.repeat(100), 'y'.repeat(30) + '\\n' + 'z'.repeat(60)]);`,
  ),
  likeNode(
    'depth and cycles',
    `const o = { a: { b: { c: { d: 1 } } } }; o.self = o; console.log(o);
const a = { name: 'a' }; const b = { a, name: 'b' }; a.b = b; a.list = [a, b]; console.log(a);
console.log([[[[[]]]]], { a: { b: { c: {} } } }, [[[{}]]], new Map([[a, b]]));`,
  ),
  likeNode(
    'classes and prototypes',
    `class A { #p = 1; static #q = 2; a = 1; m() {} get g() { return 1; } static st() {} static s = 1; }
class B extends A { constructor() { super(); this.b = [1]; } }
function Old() { this.v = 1; }
console.log(A, B, new A(), new B(), class {}, class extends A {}, { A }, [A], Object.create(A.prototype), new Old(), Old,
  Object.create(null), Object.assign(Object.create(null), { a: 1 }), async () => {}, function* gg() {}, async function* ag() {},
  Date, Map.prototype.get, new (class extends Map {})([[1, 2]]), new (class extends Array {})(3));`,
  ),
  likeNode(
    'accessors, symbols, odd keys',
    `console.log({ get a() { throw new Error('no'); }, set a(v) {}, get b() { return 2; }, set c(v) {}, [Symbol('k')]: 1,
  'a-b': 2, 3: 4, valid_id: 5, 日本: 1, [Symbol.toStringTag]: 'T' });
console.log(JSON.parse('{"__proto__":1}'), { a: "it's", b: '"q"', c: \`both ' and "\`, d: 'line\\nline' });`,
  ),
  likeNode(
    'arrays with holes and extras',
    `const a = [1, 2, 3]; a.x = 'y'; a[-1] = 5; a[10] = 1;
console.log(a, Object.assign(() => {}, { p: 1 }), new Array(5), [undefined, , null]);`,
  ),
  likeNode(
    'bytes',
    `console.log(new Uint8Array(3), new Float64Array([1.5, -0]), new ArrayBuffer(4), new BigInt64Array(2), Buffer.from('hé'),
  Buffer.alloc(60), new DataView(new ArrayBuffer(2)), new Uint8Array(0));`,
  ),
  likeNode(
    'boxed values, weak ones, generators, arguments',
    `console.log(new Number(3), new String('abc'), new Boolean(false), Object(1n), Object(Symbol('s')), new WeakMap(), new WeakSet(),
  (function () { return arguments; })(1, 2), Math, JSON, Reflect, (function* () {})(), globalThis === global);`,
  ),
  likeNode(
    'promises by their state',
    `const r = Promise.reject(5); r.catch(() => {});
console.log(Promise.resolve(1), new Promise(() => {}), [Promise.resolve({ a: 1 })], (async () => 5)(), r);`,
  ),
  likeNode(
    'proxies by their target, without their traps',
    `const { types } = require('util');
console.log(new Proxy({ a: 1 }, { get() { throw 1; }, ownKeys() { throw 2; } }), new Proxy([1, 2], {}),
  new Proxy(function f() {}, {}), types.isProxy(new Proxy({}, {})), types.isProxy({}), typeof Proxy.revocable({}, {}).revoke);
try { Proxy({}, {}); } catch (e) { console.log(e.name); }`,
  ),
  likeNode(
    'errors',
    `const bare = (error, stack) => Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true, enumerable: false });
console.log(bare(new Error('m'), 'Error: m\\n    at custom (x.js:1:1)'), { e: bare(new TypeError('t'), 'short') });
console.log([bare(Object.assign(new Error('w'), { code: 'E', extra: { a: 1 } }), 'Error: w\\n    at y (z.js:1:2)')]);`,
  ),
  likeNode(
    'what objects say of themselves',
    `const util = require('util');
class A { [util.inspect.custom](depth, options) { return 'custom! ' + typeof options.stylize; } }
console.log(new A(), [new A()], { toString() { throw 1; } }, { inspect() { return 'no'; } });`,
  ),
];
