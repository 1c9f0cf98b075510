import { type LikeNode, likeNode, stdoutLikeNode } from './like-node.ts';

/** Prints where an exception arose, for the places that a program reads in a stack. */
const placesOf = (attempts: string[]) =>
  attempts
    .map((code) => `try { ${code} } catch (e) { console.log(e.stack.split('\\n')[1].trim()); }`)
    .join('\n');

export const errorPrograms: LikeNode[] = [
  likeNode(
    'a promise rejected later in an async function',
    'async function main() {\n  await null;\n  throw new Error("async boom");\n}\nmain();',
  ),
  likeNode('an undefined variable', 'const x = 1 +\n  undefinedVar;'),
  stdoutLikeNode('a thrown text', "throw 'abc';"),
  stdoutLikeNode('a thrown object', 'throw { a: 1 };'),
  stdoutLikeNode('a rejection with a text', "Promise.reject('just text');"),
  stdoutLikeNode('a syntax error', 'let a = 1;\nlet b = ;'),
  stdoutLikeNode(
    'an exception in a timer',
    "console.log('before');\nsetTimeout(() => {\n  null.foo;\n}, 1);\nsetTimeout(() => console.log('no'), 50);",
  ),
  likeNode(
    'the places in a stack',
    placesOf([
      'null.foo',
      'undefined()',
      'const o = {}; o.a.b.c',
      'let a; a.b()',
      'new (class {})().y()',
      'qq',
      "throw Error('q')",
      "throw new  TypeError('q')",
    ]),
  ),
  likeNode(
    'stacks have a head, calls, and no end of ours',
    `function outer() { return inner(); }
function inner() { return new RangeError('here').stack; }
console.log(outer().split('\\n').slice(0, 3).join('|'));
const own = {}; Error.captureStackTrace(own); console.log(own.stack.split('\\n')[0], typeof own.stack, Object.keys(own));
class V extends Error { constructor(m) { super(m); this.name = 'V'; } } console.log(new V('q').stack.split('\\n')[0], String(new V('q')));`,
  ),
  likeNode(
    'handlers of last resort',
    `process.on('uncaughtException', (e, origin) => console.log('caught', e.message, origin));
process.on('unhandledRejection', (r, p) => console.log('rejected', r.message, p instanceof Promise));
setTimeout(() => console.log('still here'), 5); Promise.reject(new Error('r')); throw new Error('u');`,
  ),
  likeNode(
    'a rejection that is handled in time',
    `process.on('exit', (c) => console.log('code', c)); const p = Promise.reject(new Error('later')); process.nextTick(() => p.catch(() => console.log('caught in a tick')));
Promise.reject(1).finally(() => console.log('finally')).catch(() => console.log('caught late'));`,
  ),
  likeNode(
    'causes and aggregates',
    `const names = (e) => e.cause === undefined ? [e.name] : [e.name, ...names(e.cause)];
console.log(names(new Error('top', { cause: new TypeError('inner') })), new AggregateError([1, 2], 'multi').errors.length);`,
  ),
];
