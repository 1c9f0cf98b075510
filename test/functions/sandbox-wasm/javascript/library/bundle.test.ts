import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';

const LIBRARY = new URL(
  '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/',
  import.meta.url,
).pathname;
const MODULES = [
  'abort',
  'assert',
  'buffer',
  'console-table',
  'events',
  'hashes',
  'inspect',
  'number-locale',
  'path',
  'text-codec',
  'url',
];

let bundle = '';
let quickjs: QuickJSWASMModule;

beforeAll(async () => {
  // esbuild's own API refuses a realm that isn't Node's, and each test file has its own: its command has no such wish.
  const flags = ['--bundle', '--format=iife', '--global-name=library', '--target=es2023'];
  bundle = execFileSync('node_modules/.bin/esbuild', [...flags, '--minify-whitespace', '--minify-syntax'], {
    input: MODULES.map((name) => `export * from '${LIBRARY}${name}.ts';`).join('\n'),
    encoding: 'utf8',
  });
  quickjs = await newQuickJSWASMModuleFromVariant(variant as never);
});

/** What the guest's expression gives, after the library was evaluated as its prelude is. */
function evaluate(expression: string): unknown {
  const context = quickjs.newContext();
  try {
    context.unwrapResult(context.evalCode(bundle)).dispose();
    const result = context.unwrapResult(context.evalCode(expression));
    const value: unknown = context.dump(result);
    result.dispose();
    return value;
  } finally {
    context.dispose();
  }
}

const expressions: [string, unknown][] = [
  [
    "library.format('%s is %d', 'x', 5, { a: [1, new Map([[1, { b: 2 }]])] })",
    'x is 5 { a: [ 1, Map(1) { 1 => [Object] } ] }',
  ],
  ["library.inspect(new TypeError('no')).split('\\n')[0]", 'TypeError: no'],
  [
    'library.inspect([() => 1, async function f() {}, class A extends Map {}, 1n, -0])',
    '[ [Function (anonymous)], [AsyncFunction: f], [class A extends Map], 1n, -0 ]',
  ],
  ["library.inspect(library.Buffer.from('héé'))", '<Buffer 68 c3 a9 c3 a9>'],
  ["library.Buffer.from('aGk=', 'base64').toString()", 'hi'],
  ["new library.TextDecoder().decode(new library.TextEncoder().encode('añ€😀'))", 'añ€😀'],
  ["library.path.join('a', '..', 'b.txt')", 'b.txt'],
  ["new library.URL('../x?y=1 2#z', 'https://h/a/b/').href", 'https://h/a/x?y=1%202#z'],
  ["library.createHash('md5').update('abc').digest('hex')", '900150983cd24fb0d6963f7d28e17f72'],
  ["library.createHash('sha512').update('abc').digest('hex').slice(0, 16)", 'ddaf35a193617aba'],
  ["library.createHmac('sha256', 'k').update('abc').digest('base64').length", 44],
  [
    'library.installLocale(globalThis), (1234567.891).toLocaleString() + new Date(0).toLocaleDateString()',
    '1,234,567.8911/1/1970',
  ],
  [
    '(() => { try { library.assert.deepStrictEqual({ a: 1 }, { a: 2 }) } catch (e) { return e.code } })()',
    'ERR_ASSERTION',
  ],
  ["new library.EventEmitter().on('x', () => {}).emit('x')", true],
  ['library.formatTable([{ a: 1 }]).split("\\n").length', 5],
  ['library.AbortSignal.abort().aborted', true],
];

describe('the bundle runs in the guest engine', () => {
  it.each(expressions)('%s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  it('stays small', () => {
    expect(bundle.length).toBeLessThan(90_000);
  });
});
