import { likeNode, stdoutLikeNode } from './like-node.ts';

export const languagePrograms = [
  likeNode(
    'generators and async iteration',
    `function* g() { const x = yield 1; console.log(x); yield* [2, 3]; }
const it = g(); console.log(it.next(), it.next('in'), [...it]);
async function* ag() { yield 1; yield 2; }
(async () => { for await (const v of ag()) console.log(v); console.log(await Array.fromAsync(ag(), (x) => x * 2)); })();`,
  ),
  likeNode(
    'newer built-ins',
    `console.log([3, 1, 2].toSorted(), Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')), new Set([1, 2]).union(new Set([3])),
  [1, 2, 3].at(-1), 'a-b'.replaceAll('-', '+'), [1, [2, [3]]].flat(Infinity), 2n ** 64n, [...'añ😀'].length,
  Promise.withResolvers().promise instanceof Promise, [1, 2, 3].values().map((x) => x * 2).toArray(), 'a'.isWellFormed());`,
  ),
  likeNode(
    'regular expressions',
    `console.log('2024-01-15'.match(/(?<y>\\d{4})-(?<m>\\d\\d)/).groups.y, [...'a1b2'.matchAll(/[a-z](\\d)/g)].map((m) => m[1]),
  'aBc'.replace(/b/i, (x) => x + x), /(?<=\\$)\\d+/.exec('cost $42')[0], 'x'.match(/y/), 'a,b;c'.split(/[,;]/),
  /\\p{L}+/u.exec('héllo')[0], 'abc'.match(/b/), /[\\p{L}--[a-z]]/v.test('É'));`,
  ),
  likeNode(
    'JSON',
    `console.log(JSON.stringify({ a: [1, { b: 2 }], u: undefined, f() {}, d: new Date(0), n: NaN, big: 1e21 }, null, 2),
  JSON.stringify('\\u2028\\ud800'), JSON.parse('[1,2]', (k, v) => (Array.isArray(v) ? v : v * 2)));
try { JSON.stringify(1n); } catch (e) { console.log(e.name); }`,
  ),
  likeNode(
    'numbers',
    'console.log((1234.5678).toFixed(2), (12).toString(2), 1e21, 0.1 + 0.2, (25).toString(36), 5e-324, (0.000001234).toString(), 0x10, 1_000, Number("0b11"), (1e21).toLocaleString());',
  ),
  likeNode(
    'sloppy mode by default, strict when asked for',
    `undeclared = 1; console.log(undeclared, delete globalThis.undeclared, (function () { return this === globalThis; })(), 010);
(function () { 'use strict'; try { other = 1; } catch (e) { console.log(e.name, e.message); } })();`,
  ),
  likeNode('a hashbang line', "#!/usr/bin/env node\nconsole.log('ok');"),
  likeNode('a byte order mark', "\ufeffconsole.log('bom');"),
  likeNode('nothing at all', ''),
  likeNode('a return at the top', "console.log('yes');\nreturn;\nconsole.log('no');"),
  stdoutLikeNode(
    'recursion without end is a RangeError',
    'try { (function f() { f(); })(); } catch (e) { console.log(e instanceof RangeError, e.name, e.constructor === RangeError); }',
  ),
  likeNode(
    'what is global',
    `console.log(typeof global, global === globalThis, typeof module, typeof exports, typeof queueMicrotask, typeof performance.now(),
  typeof setImmediate, typeof structuredClone, typeof DOMException, Object.prototype.toString.call(globalThis),
  Object.prototype.toString.call(process), typeof InternalError, Object.keys(globalThis).includes('process'));`,
  ),
  likeNode(
    'structuredClone',
    `const o = { d: new Date(0), m: new Map([[1, { a: 1 }]]), s: new Set([1]), r: /x/g, a: [1, , 3], n: null, u: undefined, b: new Uint8Array([1, 2]) };
o.self = o; const c = structuredClone(o); console.log(c, c !== o, c.self === c);
try { structuredClone(() => {}); } catch (e) { console.log(e.name); }
console.log(structuredClone(new Error('x')).message);`,
  ),
];
