import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';

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

/** Evaluates the library as the guest's prelude is, then each expression, in a process outside the test's realm. */
const RUNNER = `
import { readFileSync } from 'node:fs';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import variant from '@jitl/quickjs-wasmfile-release-sync';
const { bundle, expressions } = JSON.parse(readFileSync(0, 'utf8'));
const quickjs = await newQuickJSWASMModuleFromVariant(variant);
const context = quickjs.newContext();
context.unwrapResult(context.evalCode(bundle)).dispose();
const values = expressions.map((code) => context.dump(context.unwrapResult(context.evalCode(code))));
process.stdout.write(JSON.stringify(values));
`;

let bundle = '';
let values: unknown[] = [];

beforeAll(() => {
  const flags = ['--bundle', '--format=iife', '--global-name=library', '--target=es2023'];
  bundle = execFileSync('node_modules/.bin/esbuild', [...flags, '--minify', '--keep-names'], {
    // `path` has a `format` too: of that module only the object goes in.
    input: MODULES.map(
      (name) => `export ${name === 'path' ? '{ path }' : '*'} from '${LIBRARY}${name}.ts';`,
    ).join('\n'),
    encoding: 'utf8',
  });
  const input = JSON.stringify({ bundle, expressions: expressions.map(([code]) => code) });
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', RUNNER], {
    input,
    encoding: 'utf8',
  });
  values = JSON.parse(output);
});

const expressions: [string, unknown][] = [
  [
    "library.format('%s is %d', 'x', 5, { a: [1, new Map([[1, { b: 2 }]])] })",
    'x is 5 { a: [ 1, Map(1) { 1 => [Object] } ] }',
  ],
  ["library.inspect(new TypeError('no')).split('\\n')[0]", 'TypeError: no'],
  [
    'library.inspect([() => 1, async function f() {}, class A extends Map {}, 1n, -0])',
    '[\n  [Function (anonymous)],\n  [AsyncFunction: f],\n  [class A extends Map],\n  1n,\n  -0\n]',
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
  it.each(expressions.map(([code, expected], at) => [code, at, expected] as const))(
    '%s',
    (_code, at, expected) => {
      expect(values[at]).toBe(expected);
    },
  );

  it('stays small', () => {
    expect(bundle.length).toBeLessThan(90_000);
  });
});
