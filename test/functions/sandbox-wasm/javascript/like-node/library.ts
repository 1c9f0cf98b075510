import { likeNode } from './like-node.ts';

/** The pure parts of these modules have tests of their own in `library/`; here they are met as programs do. */
export const libraryPrograms = [
  likeNode(
    'util',
    `const util = require('util');
console.log(util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), util.inspect({ a: { b: { c: { d: 1 } } } }, false, null), util.format('%s-%d', 1, '2'),
  util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.types.isPromise(Promise.resolve()), util.types.isRegExp(/x/), util.types.isDate(new Date()), util.inspect(new Map([[{ a: 1 }, 'x']]), { compact: false }));
(async () => {
  console.log(await util.promisify((ms, cb) => setTimeout(() => cb(null, 'ok'), ms))(1), await util.promisify(setTimeout)(1, 'v'));
  await util.promisify((cb) => cb(new Error('e')))().catch((e) => console.log(e.message));
})();`,
  ),
  likeNode(
    'events',
    `const EventEmitter = require('events'); const { once } = EventEmitter; class E extends EventEmitter {}
const e = new E(); e.on('x', (...a) => console.log('x', a)); e.once('x', () => console.log('once')); e.prependListener('x', () => console.log('first'));
console.log(e.emit('x', 1, 2), e.emit('x'), e.emit('nope'), e.listenerCount('x'), e.eventNames());
once(e, 'y').then((v) => console.log('y', v)); e.emit('y', 5); try { e.emit('error', new Error('eee')); } catch (x) { console.log(x.message); }`,
  ),
  likeNode(
    'assert',
    `const assert = require('assert'); assert(true); assert.throws(() => { throw new TypeError('x'); }, TypeError);
for (const wrong of [() => assert.strictEqual(1, 2), () => assert.deepStrictEqual({ a: 1 }, { a: 2 }), () => assert.equal(1, 2, 'msg'), () => assert.ok(0, 'zero')]) {
  try { wrong(); } catch (e) { console.log(e.name, e.code, e.message, e.actual, e.expected, e instanceof assert.AssertionError); }
}
assert.rejects(Promise.reject(new Error('r'))).then(() => console.log('rejected'));`,
  ),
  likeNode(
    'crypto',
    `const c = require('crypto');
console.log(c.createHash('sha256').update('abc').digest('hex'), c.createHash('md5').update('a').update('b').digest('base64'), c.createHmac('sha256', 'k').update('d').digest('hex'),
  c.randomBytes(8).length, c.randomUUID().length, crypto.getRandomValues(new Uint8Array(4)).length, c.randomInt(5) < 5, c.timingSafeEqual(Buffer.from('a'), Buffer.from('a')));`,
  ),
  likeNode(
    'url, querystring, string_decoder, os, path',
    `console.log(new URL('https://user:pw@ex.com:8080/p/a?x=1&y=2#h'), require('url').fileURLToPath('file:///a/b'), URL.canParse('x:y'), new URLSearchParams('a=1&a=2'));
const qs = require('querystring'); console.log({ ...qs.parse('a=1&b=x+y&a=2&c') }, qs.stringify({ a: [1, 2], b: 'x y', c: null }));
const { StringDecoder } = require('string_decoder'); const d = new StringDecoder('utf8'); console.log(d.write(Buffer.from([0xe2, 0x82])) + d.write(Buffer.from([0xac])) + d.end());
console.log(JSON.stringify(require('os').EOL), require('path').relative('/a/b', '/a/c/d'), require('path').posix.sep);`,
  ),
  likeNode(
    'aborting and event targets',
    `const ac = new AbortController(); ac.signal.addEventListener('abort', () => console.log('aborted', ac.signal.reason.name)); ac.abort();
const t = new EventTarget(); t.addEventListener('x', (e) => console.log(e.type)); t.dispatchEvent(new Event('x'));
try { ac.signal.throwIfAborted(); } catch (e) { console.log(e.name, e.message, e.code); }
AbortSignal.timeout(5).addEventListener('abort', (e) => console.log(e.target.reason.name)); setTimeout(() => {}, 30);`,
  ),
  likeNode(
    'clocks',
    'console.log(process.uptime() > 0, process.hrtime().length, typeof process.hrtime.bigint(), process.hrtime([0, 0]).length, performance.now() > 0, performance.timeOrigin > 0, typeof process.memoryUsage().heapUsed);',
  ),
];
