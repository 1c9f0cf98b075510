import { likeNode } from './like-node.ts';

export const consolePrograms = [
  likeNode(
    'each method writes to its stream',
    "for (const m of ['log', 'info', 'debug', 'warn', 'error']) console[m](m, { m });",
  ),
  likeNode(
    'directives take the next value',
    `console.log('%s %d %i %f %j %o %O %c x %%', 'a', 1.5, 2.7, '3.1', { a: 1 }, [1], { b: { c: {} } }, 'css', 'more', { z: 1 });
console.log('100%', 5, '%d');
console.log('%s', null, undefined, {}, [], () => {}, Symbol('x'), 12n, -0, class Q {});
console.log('%d', '0x10', 5n, {}, Symbol.iterator);
console.log('%i %f', 'abc', 'x');
console.log('%O', { a: { b: { c: { d: {} } } } });
console.log('%s %s', 'one');
console.log('%x a%', 1);
console.log(5, '%s', 'x');
console.log('%s', { toString() { return 'own'; } }, new Date(0), [1, [2, [3]]], { a: { b: { c: 1 } } });`,
  ),
  likeNode(
    'groups indent every line',
    `console.group('G'); console.log('in\\nner'); console.group(); console.error({ a: 1 });
console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out');`,
  ),
  likeNode(
    'counts and assertions',
    `console.count(); console.count('x'); console.count(); console.countReset(); console.count();
console.assert(true, 'no'); console.assert(false, 'yes %s', 'a'); console.assert(false); console.assert(false, { a: 1 });`,
  ),
  likeNode(
    'tables',
    `console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.table([[1, 2], [3, 4]]);
console.table(new Map([['a', 1]]));
console.table(new Set(['s']));
console.table({ x: { v: 1 }, y: { v: [1, 2] } });
console.table([1, 'b', null]);
console.table([{ a: 1, b: 2 }], ['b']);
console.table('text');`,
  ),
  likeNode(
    'dir',
    'console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dir([new Map([[1, 2]])]);',
  ),
  likeNode(
    'streams take text and bytes, and answer',
    `console.log(process.stdout.write('a\\n'), process.stdout.isTTY, process.stdout.columns, process.stdout.fd);
process.stdout.write('later\\n', () => console.log('written'));
process.stdout.write(Buffer.from('buffer\\n'));
process.stdout.write(new Uint8Array([104, 10]));
process.stdout.write('aGkK', 'base64');
process.stderr.write('e\\n');
for (const wrong of [5, null, undefined, {}]) try { process.stdout.write(wrong); } catch (e) { console.log(e.code); }`,
  ),
  likeNode(
    'text that is no valid Unicode',
    "console.log('a\\ud800b', ['\\ud800'], 'nul\\0byte', '日本語 😀 ñ'); process.stdout.write('x\\udc00\\n');",
  ),
];
