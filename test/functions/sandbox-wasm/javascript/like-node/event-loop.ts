import { likeNode } from './like-node.ts';

export const eventLoopPrograms = [
  likeNode(
    'ticks, then promises, then timers, then immediates',
    `setTimeout(() => console.log('t0'), 0); process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('micro')); queueMicrotask(() => console.log('queued'));
(async () => { console.log('start'); await null; console.log('after'); process.nextTick(() => console.log('tick 2')); await null; console.log('after 2'); })();
console.log('sync');
setTimeout(() => { console.log('t20'); process.nextTick(() => console.log('t20 tick')); Promise.resolve().then(() => console.log('t20 micro')); setImmediate(() => console.log('t20 immediate')); }, 20);`,
  ),
  likeNode(
    'immediates of a round run with their ticks and promises between',
    `const out = []; const log = (x) => out.push(x);
setImmediate(() => { log('i1'); process.nextTick(() => log('i1t')); Promise.resolve().then(() => log('i1p')); setImmediate(() => log('i3')); });
setImmediate(() => log('i2'));
process.nextTick(() => { log('n1'); Promise.resolve().then(() => log('n1p')); process.nextTick(() => log('n2')); });
Promise.resolve().then(() => { log('p1'); process.nextTick(() => log('p1n')); return Promise.resolve(); }).then(() => log('p2'));
process.on('exit', () => console.log(out.join(' ')));`,
  ),
  likeNode(
    'in an ES module promises come before ticks',
    `process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('promise')); await null; console.log('after');
export {};`,
  ),
  likeNode(
    'intervals, cancelled timers, timers that nobody waits for',
    `let n = 0; const i = setInterval(() => { console.log(++n); if (n === 3) { clearInterval(i); setTimeout((a, b) => console.log(a, b), 1, 'x', 'y'); } }, 2);
const t = setTimeout(() => console.log('never'), 50); clearTimeout(t); clearTimeout(undefined); clearTimeout({});
console.log(typeof t, t.hasRef(), typeof t[Symbol.toPrimitive]());
setTimeout(() => console.log('unawaited'), 10_000).unref();
const byNumber = setTimeout(() => console.log('never'), 1); clearTimeout(+byNumber);
const im = setImmediate(() => console.log('never')); clearImmediate(im);
try { setTimeout('code', 1); } catch (e) { console.log(e.code); }`,
  ),
  likeNode(
    'promise combinators',
    `Promise.allSettled([Promise.reject(1), 2]).then((r) => console.log(r));
Promise.any([Promise.reject(new Error('a'))]).catch((e) => console.log(e.constructor.name, e.errors.length));
Promise.race([new Promise((r) => setTimeout(r, 1, 'fast')), new Promise((r) => setTimeout(r, 50, 'slow'))]).then(console.log);`,
  ),
  likeNode(
    'timers/promises',
    `const { setTimeout: sleep, setImmediate: round, setInterval: every } = require('timers/promises');
(async () => {
  console.log(await sleep(2, 'v'), await round('r'));
  let n = 0; for await (const v of every(2, 'i')) { console.log(v, ++n); if (n === 3) break; }
  const abort = new AbortController(); setTimeout(() => abort.abort(), 2);
  await sleep(1000, null, { signal: abort.signal }).catch((e) => console.log(e.name, e.code));
  const start = performance.now(); await sleep(20); console.log(performance.now() - start >= 19);
})();`,
  ),
  likeNode(
    'exit codes: process.exit ends at once, after its listeners',
    `process.on('exit', (c) => console.log('exit', c)); process.exitCode = 3;
setTimeout(() => { try { process.exit(7); } finally { console.log('no'); } }, 1);`,
  ),
  likeNode('exit codes: process.exitCode counts at the end', 'process.exitCode = 4;'),
  likeNode(
    'exit codes: a listener has the last word',
    "process.on('exit', () => { process.exitCode = 9; });",
  ),
  likeNode(
    'beforeExit may go on',
    `let n = 0; process.on('beforeExit', () => { if (n++ < 2) { console.log('again'); setTimeout(() => {}, 1); } });`,
  ),
];
