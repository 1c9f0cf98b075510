import { type Attack, javascript, throws } from '../../../support/attack.ts';

/** Things left behind for the next program of the same tenant, which must not find them. */
export const stateAttacks: Attack[] = [
  javascript(
    'globals are gone',
    'globalThis.pwned = 1;\nvar left = 2;\nlet bound = 3;\nimplicit = 4;\n(0, eval)("var declared = 5");',
    {},
  ),
  javascript(
    'files left behind are gone',
    `const fs = require('fs');
fs.mkdirSync('node_modules/fs', { recursive: true });
for (const path of ['left.txt', '/tmp/left.txt', '/left.txt', 'node_modules/fs/index.js', 'package.json', 'context.js']) fs.writeFileSync(path, 'throw 1');`,
    {},
  ),
  javascript(
    'environment, working folder and arguments are as before',
    `process.env.LEFT = '1';
process.env.TZ = 'Asia/Tokyo';
process.chdir('/tmp');
process.argv.push('left');
process.title = 'left';
process.exitCode = 0;`,
    {},
  ),
  javascript(
    'polluted prototypes are as before',
    `Object.prototype.polluted = 1;
Object.defineProperty(Object.prototype, 'error', { get() { return { type: 'Forged', message: 'm', line: 1 }; }, set() {} });
Array.prototype.extra = 1;
Object.prototype.toJSON = function () { return 'forged'; };
console.log('polluted');`,
    { stdout: 'polluted\n', ending: { kind: 'exited', exitCode: 1 } },
  ),
  javascript(
    'patched methods of arrays are as before',
    `for (const name of ['push', 'map', 'join', 'slice', 'filter', 'pop', 'sort', Symbol.iterator]) Array.prototype[name] = function () { return ['forged']; };
console.log('x');`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'InternalError' },
  ),
  javascript(
    'patched JSON is as before and forges no report of the next run',
    `JSON.parse = JSON.stringify = () => '{"exitCode":0,"error":null,"isOutOfMemory":false}';
throw new Error('hidden');`,
    { ending: { kind: 'exited', exitCode: 0 } },
  ),
  javascript(
    'a patched Promise.prototype.then is as before',
    `Promise.prototype.then = function () { return this; };
Promise.prototype.catch = Promise.prototype.finally = null;
(async () => { await null; console.log('awaited'); })();`,
    { stdout: 'awaited\n' },
  ),
  javascript(
    'a patched console and streams are as before',
    `console.log = console.error = () => {};
process.stdout.write = () => true;
Object.freeze(console);
console.log('unseen');`,
    { stdout: '' },
  ),
  javascript(
    'frozen and deleted globals are as before',
    `for (const name of ['Array', 'Object', 'Math', 'JSON', 'Map', 'Promise', 'setTimeout', 'console', 'require', 'process']) { try { delete globalThis[name]; } catch {} }
Object.freeze(Object.prototype);`,
    { ending: { kind: 'exited', exitCode: 1 }, errorType: 'InternalError' },
  ),
  javascript(
    'timers and promises left pending die with the program',
    `setInterval(() => console.log('zombie'), 1);
setImmediate(() => process.exit(0));
new Promise(() => {}).then(() => console.log('zombie'));`,
    {},
  ),
  javascript(
    'listeners of the process run once',
    `process.on('exit', () => console.log('bye'));
process.on('beforeExit', () => console.log('before'));
process.on('uncaughtException', () => {});
process.on('warning', () => {});`,
    { stdout: 'before\nbye\n' },
  ),
  javascript(
    'a poisoned module cache is gone',
    `for (const name of ['fs', 'path', 'util', 'events']) { const m = require(name); for (const key of Object.keys(m)) { try { m[key] = () => 'poisoned'; } catch {} } }
for (const key of Object.keys(require.cache ?? {})) require.cache[key] = { exports: 'poisoned' };
require.cache.fs = { exports: 'poisoned' };`,
    {},
  ),
  javascript(
    'a replaced clock and random generator are as before',
    `Math.random = () => 4;
Date = function () { return 'never'; };
performance.now = () => 0;`,
    {},
  ),
  javascript(
    'a stack trace hook is gone',
    `Error.prepareStackTrace = () => 'hooked';
Error.stackTraceLimit = 0;
Object.defineProperty(Error.prototype, 'stack', { get: () => 'hooked' });
throw new SyntaxError('x');`,
    throws('SyntaxError'),
  ),
  javascript(
    'statics of the engine are as before',
    `/(left)/.exec('left');
Symbol.for('left');
new FinalizationRegistry(() => console.log('zombie')).register({}, 1);
globalThis.ref = new WeakRef({});
console.count();
console.time();
console.group();`,
    { stdout: 'default: 1\n' },
  ),
  javascript(
    'the time zone is UTC whatever the program says',
    `process.env.TZ = 'America/New_York';
console.log(new Date(0).getTimezoneOffset(), new Date(0).toString());
console.log(new Date(NaN).getTimezoneOffset(), new Date(8.64e15 + 1).getTime(), new Date(-8.64e15).getFullYear(), new Date(1e300, 1e300).getDay());`,
    { stdout: '0 Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)\nNaN NaN -271821 NaN\n' },
  ),
];
