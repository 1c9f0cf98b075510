import { type Attack, exits, javascript, limited, throws } from '../../../support/attack.ts';

const shortWall = { wallTimeMs: 400 };

/** Exceptions and endings that lie, bite or refuse. */
export const errorAttacks: Attack[] = [
  javascript(
    'an error whose every property throws ends the program like any other',
    `const error = new Error('x');
for (const key of ['name', 'message', 'stack', 'cause', 'code', 'constructor', 'toString', '@call', Symbol.toStringTag, Symbol.toPrimitive]) {
  Object.defineProperty(error, key, { get() { throw new Error('bite'); } });
}
throw error;`,
    throws('Error'),
  ),
  javascript(
    'an error whose properties are of the wrong type ends the program like any other',
    `throw Object.assign(new TypeError('x'), { name: Symbol('n'), message: { toString: null }, stack: 7n, '@call': [1, 2], cause: new Proxy({}, { get() { throw 1; } }) });`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
  javascript(
    'an error whose name is 10 MB is cut',
    `const e = new Error('x');
e.name = 'N'.repeat(1e7);
e.stack = 'short';
throw e;`,
    { ending: { kind: 'exited', exitCode: 1 } },
    { outputBytes: 100_000_000 },
  ),
  javascript(
    'a proxy thrown as an exception ends the program',
    `const bite = () => { throw new Error('bite'); };
throw new Proxy(new Error('x'), { get: bite, has: bite, ownKeys: bite, getPrototypeOf: bite, getOwnPropertyDescriptor: bite });`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
  javascript(
    'a revoked proxy thrown as an exception ends the program',
    `const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
revoke();
throw proxy;`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
  javascript('null can be thrown', 'throw null;', {
    ending: { kind: 'exited', exitCode: 1 },
    stderr: /Uncaught null/,
  }),
  javascript('undefined can be thrown', 'throw undefined;', {
    ending: { kind: 'exited', exitCode: 1 },
    stderr: /Uncaught undefined/,
  }),
  javascript('a symbol can be thrown', `throw Symbol('odd');`, {
    ending: { kind: 'exited', exitCode: 1 },
    stderr: /Uncaught Symbol\(odd\)/,
  }),
  javascript(
    'an error that causes itself is shown once',
    `const a = new Error('a');
const b = new Error('b', { cause: a });
a.cause = b;
throw new AggregateError([a, b, a], 'c');`,
    throws('AggregateError', 'cause'),
  ),
  javascript(
    'an endless getter of an error is stopped',
    `const e = new Error('x');
Object.defineProperty(e, 'message', { get() { for (;;); } });
throw e;`,
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'a failing captureStackTrace is an ordinary error',
    `let refused = 0;
for (const target of [null, undefined, 1, 'x', Object.freeze({}), new Proxy({}, { defineProperty() { throw new Error('bite'); } })]) {
  try { Error.captureStackTrace(target); } catch { refused++; }
}
Error.stackTraceLimit = { valueOf() { throw 1; } };
try { null.x; } catch (e) { String(e.stack); }
console.log(refused > 3);`,
    { stdout: 'true\n' },
  ),
  javascript(
    'finally can not swallow process.exit',
    `try { process.exit(4); } catch { console.log('caught'); } finally { console.log('finally'); for (;;); }`,
    { ...exits(4), stdout: '' },
  ),
  javascript(
    'finally after await can not swallow process.exit',
    `(async () => {
  try { await null; process.exit(4); } finally { console.log('finally'); for (;;); }
})();`,
    { ...exits(4), stdout: '' },
  ),
  javascript(
    'a generator left suspended never runs its finally',
    `const g = (function* () { try { yield 1; } finally { console.log('finally'); } })();
console.log(g.next().value);`,
    { stdout: '1\n' },
  ),
  javascript(
    'an exit listener that exits again is heard once',
    `process.on('exit', () => { console.log('bye'); process.exit(3); });
process.exit(1);`,
    { ...exits(3), stdout: 'bye\n' },
  ),
  javascript(
    'an endless exit listener is stopped',
    `process.on('exit', () => { for (;;); });`,
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript(
    'an uncaughtException listener that throws ends the program',
    `process.on('uncaughtException', () => { throw new RangeError('second'); });
throw new Error('first');`,
    { ending: { kind: 'exited', exitCode: 7 }, errorType: 'RangeError' },
  ),
  javascript(
    'a storm of unhandled rejections ends at the first',
    `for (let i = 0; i < 100_000; i++) Promise.reject(new TypeError('rejection ' + i));`,
    throws('TypeError', 'rejection 0'),
  ),
  javascript(
    'a listener that feeds the storm of rejections is stopped',
    `process.on('unhandledRejection', () => { Promise.reject(new Error('again')); });
Promise.reject(new Error('first'));`,
    limited('wallTimeMs'),
    shortWall,
  ),
  javascript('exit codes are a byte', `process.exit(256 + 7);`, exits(7)),
  javascript(
    'killing and aborting end only the program',
    `for (const pid of [1, 0, -1, 2 ** 31, process.ppid]) {
  try { process.kill(pid, 'SIGKILL'); console.log('killed', pid); } catch (e) { console.log(e instanceof Error); }
}`,
    { stdout: 'true\n'.repeat(5) },
  ),
  javascript(
    'a library taken apart ends the program only',
    `for (const prototype of [Array, Map, Set, WeakMap, String, Promise, Function, RegExp, Error, Number, Symbol].map((C) => C.prototype)) {
  for (const key of Reflect.ownKeys(prototype)) { try { delete prototype[key]; } catch {} }
}
for (const key of Reflect.ownKeys(globalThis)) { try { delete globalThis[key]; } catch {} }`,
    { ending: { kind: 'exited', exitCode: 1 } },
  ),
];
