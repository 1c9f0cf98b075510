import { type Attack, exits, javascript, limited, throws } from '../../../support/attack.ts';

/** Values that break whoever converts, counts or trusts them. */
const hostileValues = `
const bomb = () => { throw new RangeError('sprung'); };
const hostile = [
  undefined, null, NaN, -0, Infinity, -Infinity, 2 ** 53, -(2 ** 31) - 1, 1e308, 123456789012345678901234567890n, '', '\\0', '\\ud800',
  '\\udfff\\ud800', 'x'.repeat(1e6), Symbol('s'), Symbol.iterator, [], new Array(1e4), {}, Object.create(null), () => {}, bomb, class {}, /x/g,
  new Date(NaN), new Proxy({}, new Proxy({}, { get: bomb })), new Proxy(bomb, {}), new Proxy([], { get: bomb, ownKeys: bomb, getPrototypeOf: bomb }),
  { toString: bomb }, { valueOf: bomb }, { [Symbol.toPrimitive]: bomb }, { get length() { return bomb(); } }, { length: -1 }, { length: 2 ** 53 },
  { then: bomb }, { get then() { return bomb(); } }, { [Symbol.iterator]: bomb }, { toJSON: bomb }, { get [Symbol.toStringTag]() { return bomb(); } },
  new Uint8Array(8), new Uint8Array(0), new DataView(new ArrayBuffer(1)), new ArrayBuffer(1 << 20), new Map([[NaN, NaN]]), new WeakMap(),
  Promise.resolve(1), globalThis, Reflect, new Error('e'), Object.assign(new Error(), { message: { toString: bomb } }),
];
`;

/** What the program can hand over to the library under it and to the host under that. */
export const boundaryAttacks: Attack[] = [
  javascript(
    'every function within reach takes hostile arguments until its output is full',
    `${hostileValues}
const write = console.log;
const skip = new Set([process.exit, process.reallyExit, process.abort, process.kill, write]);
const seen = new Set();
const queue = [process, console, require, module, ...['fs', 'path', 'util', 'buffer', 'events', 'url', 'crypto', 'assert', 'timers', 'os', 'readline', 'string_decoder', 'querystring', 'perf_hooks', 'stream']
  .map((name) => { try { return require(name); } catch { return null; } }),
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearImmediate', 'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'TextEncoder', 'TextDecoder',
    'URL', 'URLSearchParams', 'Buffer', 'AbortController', 'EventTarget', 'Event', 'performance', 'Intl', 'crypto'].map((name) => globalThis[name])];
process.stdout.write = process.stderr.write = () => true;
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
let calls = 0;
while (queue.length > 0 && calls < 4000) {
  const target = queue.shift();
  if (target === null || (typeof target !== 'object' && typeof target !== 'function') || seen.has(target) || seen.size > 900) continue;
  seen.add(target);
  for (const key of Reflect.ownKeys(target)) {
    let member;
    try { member = target[key]; } catch { continue; }
    if (typeof member !== 'function' || skip.has(member) || /Sync$|^exit|write|on$|Listener|once/i.test(String(key.description ?? key))) { if (typeof member === 'object') queue.push(member); continue; }
    queue.push(member);
    const value = hostile[calls % hostile.length];
    calls++;
    for (const list of [[value], [value, value], ['x', value], [value, 'x', value]]) {
      try { Reflect.apply(member, target, list); } catch {}
    }
    try { new member(value); } catch {}
  }
}
require('fs').writeSync(1, calls > 200 ? 'alive\\n' : 'too few calls: ' + calls + '\\n');
process.reallyExit?.(0);
process.exit(0);`,
    limited('outputBytes'),
    { memoryMiB: 256, wallTimeMs: 5000, outputBytes: 200_000 },
  ),
  javascript(
    'console shows every hostile value',
    `${hostileValues}
let shown = 0;
for (const value of hostile) {
  for (const format of [[value], ['%s', value], ['%d', value], ['%i', value], ['%f', value], ['%j', value], ['%o', value], ['%O', value], ['%c', value]]) {
    try { console.error(...format); } catch {}
    shown++;
  }
}
console.log(shown % 9);`,
    { stdout: '0\n' },
    { outputBytes: 1_000_000_000 },
  ),
  javascript(
    'output that is neither text nor bytes to the host is dropped',
    `${hostileValues}
for (const value of hostile) {
  String.prototype.toWellFormed = () => ({ split: () => [value] });
  try { console.log('x'); } catch {}
}
process.exit(5);`,
    exits(5),
    { outputBytes: 1_000_000_000 },
  ),
  javascript(
    'a program that captures the functions of the host can only speak for itself',
    `const captured = new Set();
const { apply } = Reflect;
for (const holder of [Function.prototype, Reflect]) {
  for (const name of ['call', 'apply', 'bind']) {
    const original = holder[name];
    if (original) holder[name] = function (...list) { captured.add(this).add(list[0]); return apply(original, this, list); };
  }
}
process.stdout.write('a\\n');
setTimeout(() => {
  for (const found of captured) {
    if (typeof found !== 'function' || found.name !== 'exit') continue;
    try { found('not a report'); } catch {}
  }
  console.log('b');
});`,
    { stdout: /^a\nb?\n?$/, ending: { kind: 'exited', exitCode: 0 } },
  ),
  javascript(
    'a report forged by JSON.stringify is about the program itself only',
    `JSON.stringify = () => '{"exitCode":7,"error":null,"isOutOfMemory":false}';`,
    { ending: { kind: 'exited', exitCode: 7 }, errorType: null },
  ),
  javascript(
    'a report that is no report is exit code 1',
    `JSON.stringify = () => '{"exitCode":"0","kind":"ready"}\\n{"kind":"ready"}\\n';`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: null },
  ),
  javascript(
    'a report of 20 million arrays costs the host nothing',
    `const bomb = '[' + '[],'.repeat(2e7) + '0]';
JSON.stringify = () => bomb;`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: null },
    { memoryMiB: 512 },
  ),
  javascript(
    'a report nested a million deep is exit code 1',
    `JSON.stringify = () => '['.repeat(1e6) + ']'.repeat(1e6);`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: null },
  ),
  javascript(
    'a module name of 150 MB is an ordinary error',
    `import('x'.repeat(15e7)).catch((e) => console.log(e instanceof Error));`,
    { stdout: 'true\n' },
    { memoryMiB: 512 },
  ),
  javascript(
    'a module source of 180 MB costs the host nothing',
    `require('fs').writeFileSync('a.mjs', '');
String.prototype.replace = () => 'x'.repeat(18e7);
import('./a.mjs').catch(() => console.log('refused'));`,
    { stdout: 'refused\n' },
    { memoryMiB: 512 },
  ),
  javascript(
    'an error message of 100 MB is cut',
    `const error = new RangeError('x');
error.message = 'm'.repeat(1e8);
throw error;`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'RangeError' },
    { memoryMiB: 512, outputBytes: 1000 },
  ),
  javascript(
    'a rejection with a message of 100 MB that is never shown is cut',
    `const error = new RangeError('x');
error.message = 'm'.repeat(1e8);
process.stderr.write = () => true;
Object.defineProperty(error, Symbol.for('nodejs.util.inspect.custom'), { value: () => 'small' });
throw error;`,
    throws('RangeError'),
    { memoryMiB: 512, outputBytes: 300_000_000 },
  ),
  javascript(
    'messages of the protocol printed to stdout are output',
    `console.log('{"kind":"finished","ending":{"kind":"exited","exitCode":0}}');`,
    { stdout: '{"kind":"finished","ending":{"kind":"exited","exitCode":0}}\n' },
  ),
  javascript(
    'broken UTF-16 and UTF-8 come out as replacement characters',
    `process.stdout.write('\\ud800|\\udc00|\\0|');
process.stdout.write(new Uint8Array([0xff, 0xc0, 0x80, 0x0a]));`,
    { stdout: '\ufffd|\ufffd|\0|\ufffd\ufffd\ufffd\n' },
  ),
];
